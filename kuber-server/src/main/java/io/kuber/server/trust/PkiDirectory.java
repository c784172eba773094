package io.kuber.server.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Certificates and keys as PEM files, {@code NAME.crt} beside {@code NAME.key}, which other tools
 * can read.
 */
record PkiDirectory(Path path) {
  static PkiDirectory at(Path path) throws IOException {
    Files.createDirectories(path);
    return new PkiDirectory(path);
  }

  /** The identity, or null where there is none or it has expired. */
  @Nullable Identity read(String name, Instant now) throws IOException, GeneralSecurityException {
    Path certificateFile = path.resolve(name + ".crt");
    Path keyFile = path.resolve(name + ".key");
    if (!Files.exists(certificateFile) || !Files.exists(keyFile)) {
      return null;
    }
    Identity identity =
        new Identity(
            Pem.certificate(Files.readString(certificateFile)), Pem.key(Files.readString(keyFile)));
    return identity.certificate().getNotAfter().toInstant().isAfter(now) ? identity : null;
  }

  /** The identity while it is young; null where there is none, or a new one is due. */
  @Nullable Identity young(String name, Instant now) throws IOException, GeneralSecurityException {
    Identity identity = read(name, now);
    return identity == null || identity.isToBeRenewed(now) ? null : identity;
  }

  void write(String name, Identity identity) throws IOException {
    writePrivate(path.resolve(name + ".key"), identity.keyPem());
    Files.writeString(path.resolve(name + ".crt"), identity.certificatePem());
  }

  /** The authority of that name, which is made where there is none or it has expired. */
  CertificateAuthority authority(String name, String commonName, Instant now)
      throws IOException, GeneralSecurityException {
    Identity kept = read(name, now);
    if (kept == null) {
      CertificateAuthority authority = CertificateAuthority.create(commonName, now);
      write(name, authority.identity());
      return authority;
    }
    if (!kept.isWhole()) {
      throw new GeneralSecurityException(
          "%s.key is not the key of %s.crt; remove both, and new ones are made"
              .formatted(name, name));
    }
    return new CertificateAuthority(kept, now);
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

  /** What to tell when something here cannot be used. */
  IOException unusable(GeneralSecurityException e) {
    return new IOException(
        "cannot make or read the certificates in " + path + ": " + e.getMessage(), e);
  }
}
