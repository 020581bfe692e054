BEGIN { print "int family;" }
