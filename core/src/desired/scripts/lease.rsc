# multi-isp: begin
:if ($bound=1) do={
  :if ([:len $"gateway-address"] > 0) do={
    :local miHop HOP
    :foreach miRoute in=[/ip route find where comment~PATTERN] do={
      :if ([/ip route get $miRoute gateway] != $miHop) do={ /ip route set $miRoute gateway=$miHop }
      /ip route enable $miRoute
    }
  }
} else={
  /ip route disable [/ip route find where comment~PATTERN]
}
# multi-isp: end
