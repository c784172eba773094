package io.kuber.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is encrypted on the disk; the name of kube-apiserver. */
final class EncryptionArguments {
  @Option(
      names = "--encryption-provider-config",
      paramLabel = "FILE",
      description =
          "an EncryptionConfiguration: what is encrypted on the disk, with which keys (default:"
              + " Secrets, with the key in pki/encryption.yaml)")
  private @Nullable Path file;

  Optional<Path> file() {
    return Optional.ofNullable(file);
  }
}
