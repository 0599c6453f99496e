"""Colours of the athlete: red, green, blue."""

SKIN, LIP, EYE, IRIS = (196, 146, 118), (172, 106, 96), (238, 234, 230), (52, 38, 30)
SHIRT, LEGGINGS, STRIPE = (226, 92, 58), (40, 46, 66), (240, 236, 228)
HAIR, SHOE, SOLE = (58, 38, 26), (236, 236, 232), (226, 92, 58)
