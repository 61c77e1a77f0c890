"""The map: degrees in, drawing out."""

from types import SimpleNamespace

import pytest

from tavolo.base.mappa import Forma, RigaDiNome, disegna, distanza_km

QUADRATO = {"type": "Polygon", "coordinates": [[[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]]}


class Comune(SimpleNamespace):
    """What the map asks of a comune."""

    __hash__ = object.__hash__


def comune(nome="Piazza", confine=QUADRATO, latitudine=0, longitudine=0):
    return Comune(nome=nome, confine=confine, latitudine=latitudine, longitudine=longitudine)


def test_a_square_on_the_equator_is_drawn_as_a_square():
    piazza = comune()
    mappa = disegna([piazza])
    assert mappa.view_box == "0 0 600 600"
    assert mappa.forme == (Forma(piazza, "M8 592L592 592L592 8L8 8L8 592Z", 300.0, 300.0),)


def test_meridians_draw_closer_at_sixty_degrees_by_the_cosine():
    confine = {"type": "Polygon", "coordinates": [[[0, 59], [2, 59], [2, 61], [0, 61], [0, 59]]]}
    mappa = disegna([comune(confine=confine, latitudine=60, longitudine=1)])
    # cos 60° = 1/2: two degrees of latitude are twice as tall as two of longitude are wide.
    assert mappa.altezza == 2 * 584 + 16


def test_every_ring_of_every_polygon_is_drawn():
    buco = [[0, 0], [1, 0], [1, 1], [0, 0]]
    confine = {"type": "MultiPolygon", "coordinates": [[QUADRATO["coordinates"][0], buco], [buco]]}
    assert disegna([comune(confine=confine)]).forme[0].d.count("Z") == 3


@pytest.mark.parametrize("confine", [None, {}])
def test_a_comune_without_boundary_keeps_its_point(confine):
    piazza, paese = comune(), comune("Paese", confine=confine, latitudine=1, longitudine=1)
    assert disegna([piazza, paese]).forme[1] == Forma(paese, "", 592.0, 8.0)


def test_without_a_centroid_the_name_stands_in_the_middle_of_the_boundary():
    assert (disegna([comune(latitudine=None, longitudine=None)]).forme[0].x) == 300.0


def test_a_comune_without_any_place_is_left_out_and_no_map_is_drawn_of_nothing():
    ignoto = comune(confine=None, latitudine=None, longitudine=None)
    assert [f.comune.nome for f in disegna([comune(), ignoto]).forme] == ["Piazza"]
    assert disegna([ignoto]) is None
    assert disegna([]) is None


def test_a_single_point_is_a_map_too():
    assert disegna([comune(confine=None)]).view_box == "0 0 600 16"


def test_a_long_name_is_written_in_two_lines_around_its_point():
    forma = Forma(comune("Garbagnate Milanese"), "", 100.0, 100.0)
    assert forma.righe == [RigaDiNome("Garbagnate", 88.0), RigaDiNome("Milanese", 112.0)]


def test_distance_is_that_of_the_meridian_and_shrinks_with_the_parallel():
    assert distanza_km(comune(), comune(latitudine=1)) == pytest.approx(111.195)
    polo = comune(latitudine=60), comune(latitudine=60, longitudine=1)
    assert distanza_km(*polo) == pytest.approx(111.195 / 2)
    assert distanza_km(comune(), comune(latitudine=None)) is None
