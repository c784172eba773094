package io.kuber.access;

import java.util.List;

/**
 * Who somebody says he is that wants a certificate (PKCS #10), and under which names he is reached.
 *
 * @param commonName the user; empty without one
 * @param organizations the groups
 * @param dnsNames names of a server
 * @param addresses IP addresses of a server
 * @param emails addresses of a person
 * @param uris other names
 */
public record CertificateWish(
    String commonName,
    List<String> organizations,
    List<String> dnsNames,
    List<String> addresses,
    List<String> emails,
    List<String> uris) {
  /** Copies the lists. */
  public CertificateWish {
    organizations = List.copyOf(organizations);
    dnsNames = List.copyOf(dnsNames);
    addresses = List.copyOf(addresses);
    emails = List.copyOf(emails);
    uris = List.copyOf(uris);
  }
}
