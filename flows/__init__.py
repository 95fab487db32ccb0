"""Voortgang: from a folder of ministries' workbooks to a progress brief for the Dutch parliament."""
