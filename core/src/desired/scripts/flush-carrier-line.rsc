:if (USABLE) do={ :set miLine ID; :set miPort INTERFACE }
