package io.kuber.boot;

import io.kuber.server.encryption.Vault;
import io.kuber.server.trust.SharedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The keys with which a server encrypts what it writes to its disk. */
final class EncryptionFiles {
  private EncryptionFiles() {}

  /**
   * Reads the keys of a data directory, and makes them where there are none.
   *
   * @param given the file that the owner named in their place
   * @throws StartException when a file cannot be used; the message names it and the field
   */
  static Vault open(Path dataDir, Optional<Path> given) throws StartException {
    try {
      boolean older = Files.exists(dataDir.resolve("store").resolve("identity"));
      return Vault.open(
          SharedKeys.encryption(dataDir.resolve("pki"), older, Vault::newFile), given);
    } catch (IOException e) {
      String option = given.isPresent() ? "--encryption-provider-config: " : "";
      throw new StartException(
          option + "cannot use the keys of encryption at rest: " + e.getMessage());
    }
  }
}
