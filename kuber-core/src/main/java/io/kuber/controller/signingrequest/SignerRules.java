package io.kuber.controller.signingrequest;

import io.kuber.access.CertificateWish;
import io.kuber.access.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What signers ask of a wish; each rule says why it is not granted, or nothing. Pure. */
final class SignerRules {
  private static final String CLIENT_AUTH = "client auth";
  private static final String SERVER_AUTH = "server auth";
  private static final String SIGNATURE = "digital signature";

  /** Keys of RSA encipher keys, those on elliptic curves cannot. */
  private static final String ENCIPHERMENT = "key encipherment";

  private static final List<String> NODES = List.of("system:nodes");
  private static final String NODE = "system:node:";

  private SignerRules() {}

  /** Admission refuses masters already, where it knows them by the usual encoding of their name. */
  static Optional<String> client(CertificateWish wish, Set<String> usages) {
    return when(
            wish.organizations().contains(User.MASTERS),
            "group " + User.MASTERS + " is not allowed")
        .or(
            () ->
                new TreeSet<>(usages)
                    .stream()
                        .filter(
                            usage -> !Set.of(SIGNATURE, ENCIPHERMENT, CLIENT_AUTH).contains(usage))
                        .findFirst()
                        .map(usage -> "invalid usage for client certificate: " + usage))
        .or(
            () ->
                when(
                    !usages.contains(CLIENT_AUTH),
                    "missing required usage for client certificate: " + CLIENT_AUTH));
  }

  static Optional<String> nodeClient(CertificateWish wish, Set<String> usages) {
    return organization(wish)
        .or(() -> when(!wish.dnsNames().isEmpty(), "DNS subjectAltNames are not allowed"))
        .or(() -> persons(wish))
        .or(() -> when(!wish.addresses().isEmpty(), "IP subjectAltNames are not allowed"))
        .or(() -> uris(wish))
        .or(() -> commonName(wish))
        .or(() -> usages(usages, CLIENT_AUTH));
  }

  static Optional<String> nodeServer(CertificateWish wish, Set<String> usages) {
    return organization(wish)
        .or(
            () ->
                when(
                    wish.dnsNames().isEmpty() && wish.addresses().isEmpty(),
                    "DNS or IP subjectAltName is required"))
        .or(() -> persons(wish))
        .or(() -> uris(wish))
        .or(() -> usages(usages, SERVER_AUTH))
        .or(() -> commonName(wish));
  }

  private static Optional<String> organization(CertificateWish wish) {
    return when(!wish.organizations().equals(NODES), "subject organization is not " + NODES.get(0));
  }

  private static Optional<String> persons(CertificateWish wish) {
    return when(!wish.emails().isEmpty(), "Email subjectAltNames are not allowed");
  }

  private static Optional<String> uris(CertificateWish wish) {
    return when(!wish.uris().isEmpty(), "URI subjectAltNames are not allowed");
  }

  private static Optional<String> commonName(CertificateWish wish) {
    return when(
        !wish.commonName().startsWith(NODE), "subject common name does not begin with " + NODE);
  }

  private static Optional<String> usages(Set<String> usages, String end) {
    Set<String> least = Set.of(SIGNATURE, end);
    Set<String> most = Set.of(SIGNATURE, ENCIPHERMENT, end);
    return when(
        !usages.equals(least) && !usages.equals(most),
        "usages did not match [" + String.join(" ", new TreeSet<>(most)) + "]");
  }

  private static Optional<String> when(boolean refused, String why) {
    return refused ? Optional.of(why) : Optional.empty();
  }
}
