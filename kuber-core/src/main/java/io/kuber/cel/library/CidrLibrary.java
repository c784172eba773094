package io.kuber.cel.library;

import static io.kuber.cel.library.Overload.global;
import static io.kuber.cel.library.Overload.member;

import io.kuber.cel.value.CelFailure;
import java.util.List;

/** Blocks of addresses (apiserver, pkg/cel/library/cidr.go). */
final class CidrLibrary {
  private CidrLibrary() {}

  static List<Overload> overloads() {
    return List.of(
        global(
            "cidr", "string_to_cidr", "string -> net.CIDR", (args, m) -> parse((String) args[0])),
        global(
            "isCIDR",
            "is_cidr",
            "string -> bool",
            (args, m) -> Cidr.parse((String) args[0]).isPresent()),
        member(
            "containsIP",
            "cidr_contains_ip_string",
            "net.CIDR, string -> bool",
            (args, m) -> ((Cidr) args[0]).contains(address((String) args[1]))),
        member(
            "containsIP",
            "cidr_contains_ip_ip",
            "net.CIDR, net.IP -> bool",
            (args, m) -> ((Cidr) args[0]).contains((Address) args[1])),
        member(
            "containsCIDR",
            "cidr_contains_cidr_string",
            "net.CIDR, string -> bool",
            (args, m) -> ((Cidr) args[0]).contains(parse((String) args[1]))),
        member(
            "containsCIDR",
            "cidr_contains_cidr",
            "net.CIDR, net.CIDR -> bool",
            (args, m) -> ((Cidr) args[0]).contains((Cidr) args[1])),
        member("ip", "cidr_ip", "net.CIDR -> net.IP", (args, m) -> ((Cidr) args[0]).address()),
        member(
            "masked",
            "cidr_masked",
            "net.CIDR -> net.CIDR",
            (args, m) -> ((Cidr) args[0]).masked()),
        member(
            "prefixLength",
            "cidr_prefix_length",
            "net.CIDR -> int",
            (args, m) -> (long) ((Cidr) args[0]).prefix()),
        global(
            "string",
            "cidr_to_string",
            "net.CIDR -> string",
            (args, m) -> ((Cidr) args[0]).text()));
  }

  private static Cidr parse(String text) {
    return Cidr.parse(text)
        .orElseThrow(
            () ->
                new CelFailure(
                    "network address parse error during conversion from string: " + text));
  }

  private static Address address(String text) {
    return Address.parse(text)
        .orElseThrow(
            () ->
                new CelFailure(
                    "IP Address \"" + text + "\" parse error during conversion from string"));
  }
}
