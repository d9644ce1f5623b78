$"gateway-address"
