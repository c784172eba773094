package io.kuber.cel.library;

import static io.kuber.cel.library.Overload.global;
import static io.kuber.cel.library.Overload.member;

import io.kuber.cel.value.CelFailure;
import java.util.List;

/** Internet addresses (apiserver, pkg/cel/library/ip.go). */
final class IpLibrary {
  private IpLibrary() {}

  static List<Overload> overloads() {
    String is = "net.IP -> bool";
    return List.of(
        global("ip", "string_to_ip", "string -> net.IP", (args, m) -> parse((String) args[0])),
        global(
            "isIP",
            "is_ip",
            "string -> bool",
            (args, m) -> Address.parse((String) args[0]).isPresent()),
        global(
            "ip.isCanonical",
            "ip_is_canonical",
            "string -> bool",
            (args, m) -> parse((String) args[0]).text().equals(args[0])),
        member("family", "ip_family", "net.IP -> int", (args, m) -> ((Address) args[0]).family()),
        member(
            "isUnspecified",
            "ip_is_unspecified",
            is,
            (args, m) -> ((Address) args[0]).inet().isAnyLocalAddress()),
        member(
            "isLoopback",
            "ip_is_loopback",
            is,
            (args, m) -> ((Address) args[0]).inet().isLoopbackAddress()),
        member(
            "isLinkLocalMulticast",
            "ip_is_link_local_multicast",
            is,
            (args, m) -> ((Address) args[0]).isLinkLocalMulticast()),
        member(
            "isLinkLocalUnicast",
            "ip_is_link_local_unicast",
            is,
            (args, m) -> ((Address) args[0]).inet().isLinkLocalAddress()),
        member(
            "isGlobalUnicast",
            "ip_is_global_unicast",
            is,
            (args, m) -> ((Address) args[0]).isGlobalUnicast()),
        global(
            "string", "ip_to_string", "net.IP -> string", (args, m) -> ((Address) args[0]).text()));
  }

  private static Address parse(String text) {
    return Address.parse(text)
        .orElseThrow(
            () ->
                new CelFailure(
                    "IP Address \"" + text + "\" parse error during conversion from string"));
  }
}
