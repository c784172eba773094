package io.kuber.server.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * What a node on a machine of its own proves itself with, as files that nobody else can read: the
 * cluster's authority, and certificates with their keys.
 */
public final class NodeKeys {
  private static final String AUTHORITY = "ca.crt";

  private final PkiDirectory files;

  private NodeKeys(PkiDirectory files) {
    this.files = files;
  }

  /** Those of a directory, which is made where it is missing. */
  public static NodeKeys at(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      Files.createDirectories(directory.toAbsolutePath().getParent());
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return new NodeKeys(PkiDirectory.at(directory));
  }

  /** The cluster's authority; empty before the node has joined. */
  public Optional<X509Certificate> authority() throws IOException {
    Path file = files.path().resolve(AUTHORITY);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Pem.certificate(Files.readString(file)));
    } catch (GeneralSecurityException e) {
      throw files.unusable(e);
    }
  }

  /** Believes this authority from now on. */
  public void keep(X509Certificate authority) throws IOException {
    Files.writeString(files.path().resolve(AUTHORITY), Pem.of(authority));
  }

  /** The identity of that name; empty where there is none, or it has expired. */
  public Optional<Identity> identity(String name, Instant now) throws IOException {
    try {
      return Optional.ofNullable(files.read(name, now)).filter(Identity::isWhole);
    } catch (GeneralSecurityException e) {
      throw files.unusable(e);
    }
  }

  /** Keeps an identity under that name. */
  public void keep(String name, Identity identity) throws IOException {
    files.write(name, identity);
  }

  /** TLS of a client that shows what {@code keys} show and believes servers of the authority. */
  public static SSLContext showing(RenewedKeys keys, X509Certificate authority) {
    return context(new KeyManager[] {keys}, authority);
  }

  /** TLS of a client that shows nothing and believes servers of the authority. */
  public static SSLContext believing(X509Certificate authority) {
    return context(new KeyManager[0], authority);
  }

  private static SSLContext context(KeyManager[] keys, X509Certificate authority) {
    try {
      return ClientTls.showing(keys, authority);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the authority of the cluster cannot be used", e);
    }
  }
}
