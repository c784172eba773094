package io.kuber.boot;

import io.kuber.admission.podsecurity.Settings;
import io.kuber.json.MalformedException;
import io.kuber.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A {@code PodSecurityConfiguration} that the owner of a cluster may put into its directory: which
 * standards hold where namespaces do not say, and who is exempt. Read when the cluster starts.
 */
final class PodSecurityFile {
  static final String NAME = "pod-security.yaml";

  private PodSecurityFile() {}

  /** The settings; the standard ones where there is no file. */
  static Settings in(Path dataDir) throws StartException, IOException {
    Path file = dataDir.resolve(NAME);
    try {
      return Settings.of(Yaml.parse(Files.readAllBytes(file)));
    } catch (NoSuchFileException none) {
      return Settings.STANDARD;
    } catch (MalformedException | IllegalArgumentException wrong) {
      throw new StartException(file + ": " + wrong.getMessage());
    }
  }
}
