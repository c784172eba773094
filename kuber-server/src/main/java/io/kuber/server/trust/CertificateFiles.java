package io.kuber.server.trust;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The certificates in the directory of a server, for people who look after them. */
public final class CertificateFiles {
  private static final List<String> RENEWABLE = List.of("apiserver", "admin", "peer");

  private CertificateFiles() {}

  /**
   * One certificate.
   *
   * @param name of its file, without the ending
   * @param subject whom it is for
   * @param until when it ends
   * @param due from when on a running server makes another, unless it is an authority's
   * @param isAuthority whether others are signed with it
   */
  public record Entry(
      String name, String subject, Instant until, Instant due, boolean isAuthority) {}

  /**
   * All certificates of a directory, by name.
   *
   * @throws IOException when there is no such directory, or a file is no certificate
   */
  public static List<Entry> list(Path directory) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.crt")) {
      for (Path file : files) {
        entries.add(entry(file));
      }
    }
    entries.sort(Comparator.comparing(Entry::name));
    return entries;
  }

  private static Entry entry(Path file) throws IOException {
    try {
      X509Certificate certificate = Pem.certificate(Files.readString(file));
      String name = file.getFileName().toString().replace(".crt", "");
      return new Entry(
          name,
          certificate.getSubjectX500Principal().getName(),
          certificate.getNotAfter().toInstant(),
          Identity.due(certificate),
          certificate.getBasicConstraints() >= 0);
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " is no certificate: " + e.getMessage(), e);
    }
  }

  /**
   * Removes the certificates that a server makes by itself, so that it makes new ones: one that
   * runs within a minute, another at its start. Those that are in use stay good until they end.
   *
   * @return their names
   */
  public static List<String> renew(Path directory) throws IOException {
    List<String> renewed = new ArrayList<>();
    for (String name : RENEWABLE) {
      if (Files.deleteIfExists(directory.resolve(name + ".crt"))) {
        renewed.add(name);
      }
    }
    return renewed;
  }

  /**
   * Lets the key sign no more that signs the tokens of service accounts: a server makes another at
   * its next start, and knows the tokens of the old one until they end.
   *
   * @throws IOException when there is no key that can be read
   */
  public static void retireTokenKey(Path directory) throws IOException {
    SigningKey.retire(directory);
  }
}
