-- Who may write to a distribution list: anyone, members or inside. NULL, as all had before, is anyone.
ALTER TABLE addresses ADD COLUMN writers TEXT;
