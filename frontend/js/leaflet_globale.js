// leaflet.markercluster looks for Leaflet in the global `L`.
import L from 'leaflet';

window.L = L;
export { L };
