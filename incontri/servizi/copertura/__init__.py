"""The coverage matrix: which services answer which need and where, who declares what, and what each cell says.

`risposte` finds the services, `dati` what the formulas want (people in need and reached, gravity), `celle` the matrix,
`parole` tells a cell to people, `vicini` where else one finds an answer.
`docs/metodo.md` tells the rules; nothing is stored: a cell follows the services as they are today.
"""
