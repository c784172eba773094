package io.kuber.server.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a cluster, of its authority, the API server and the administrator, and the
 * key that signs the tokens of service accounts.
 *
 * <p>Kept as PEM files under {@code <data-dir>/pki}, which other tools can read.
 */
public final class ClusterTrust {
  private static final List<String> SERVER_NAMES =
      List.of(
          "localhost",
          "kubernetes",
          "kubernetes.default",
          "kubernetes.default.svc",
          "kubernetes.default.svc.cluster.local");

  private final Identity authority;
  private final Identity server;
  private final Identity admin;
  private final SigningKey tokens;

  private ClusterTrust(Identity authority, Identity server, Identity admin, SigningKey tokens) {
    this.authority = authority;
    this.server = server;
    this.admin = admin;
    this.tokens = tokens;
  }

  /**
   * Reads the certificates of a directory, or makes them where they are missing or expired.
   *
   * @param addresses the IP addresses under which the API server is reached
   * @throws IOException when a file cannot be read, written or understood; the message names it
   */
  public static ClusterTrust open(Path directory, List<String> addresses, Instant now)
      throws IOException {
    Files.createDirectories(directory);
    try {
      Identity kept = read(directory, "ca", now);
      CertificateAuthority authority =
          kept == null ? newAuthority(directory, now) : new CertificateAuthority(whole(kept), now);
      Identity server = authority.recognised(read(directory, "apiserver", now));
      if (server == null || !covers(server.certificate(), addresses)) {
        server = authority.issueServer("kube-apiserver", SERVER_NAMES, addresses);
        write(directory, "apiserver", server);
      }
      Identity admin = authority.recognised(read(directory, "admin", now));
      if (admin == null) {
        admin = authority.issueClient("kubernetes-admin", List.of("system:masters"));
        write(directory, "admin", admin);
      }
      return new ClusterTrust(authority.identity(), server, admin, SigningKey.open(directory));
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "cannot make or read the certificates in " + directory + ": " + e.getMessage(), e);
    }
  }

  /** The cluster's certificate authority. */
  public Identity authority() {
    return authority;
  }

  /** What the API server shows to its clients. */
  public Identity server() {
    return server;
  }

  /** A client certificate of group {@code system:masters}. */
  public Identity admin() {
    return admin;
  }

  /** What signs the tokens of service accounts. */
  public SigningKey tokens() {
    return tokens;
  }

  private static CertificateAuthority newAuthority(Path directory, Instant now)
      throws IOException, GeneralSecurityException {
    CertificateAuthority authority = CertificateAuthority.create("kuber", now);
    write(directory, "ca", authority.identity());
    return authority;
  }

  private static Identity whole(Identity authority) throws GeneralSecurityException {
    if (!authority.isWhole()) {
      throw new GeneralSecurityException(
          "ca.key is not the key of ca.crt; remove both, and new ones are made");
    }
    return authority;
  }

  private static boolean covers(X509Certificate certificate, List<String> addresses)
      throws GeneralSecurityException {
    var names = certificate.getSubjectAlternativeNames();
    return names != null && names.stream().map(name -> name.get(1)).toList().containsAll(addresses);
  }

  /** The identity, or null where there is none or it has expired. */
  private static @Nullable Identity read(Path directory, String name, Instant now)
      throws IOException, GeneralSecurityException {
    Path certificateFile = directory.resolve(name + ".crt");
    Path keyFile = directory.resolve(name + ".key");
    if (!Files.exists(certificateFile) || !Files.exists(keyFile)) {
      return null;
    }
    Identity identity =
        new Identity(
            Pem.certificate(Files.readString(certificateFile)), Pem.key(Files.readString(keyFile)));
    return identity.certificate().getNotAfter().toInstant().isAfter(now) ? identity : null;
  }

  private static void write(Path directory, String name, Identity identity) throws IOException {
    writePrivate(directory.resolve(name + ".key"), identity.keyPem());
    Files.writeString(directory.resolve(name + ".crt"), identity.certificatePem());
  }

  /** Writes a file that only its owner can read, and that is never there half written. */
  static void writePrivate(Path file, String text) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(part, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
