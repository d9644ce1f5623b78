($"gateway-address" . "%" . $interface)
