# nothing here
nps = load("nps.json")
