[:len [/interface find where name=INTERFACE and running]] > 0
