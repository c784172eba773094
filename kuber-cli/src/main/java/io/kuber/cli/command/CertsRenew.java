package io.kuber.cli.command;

import io.kuber.cli.output.CommandFailure;
import io.kuber.server.trust.CertificateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has new certificates made before it is time for them, as after a key was seen by somebody. */
@Command(
    name = "renew",
    description = "Has new certificates made now, under the same authority.",
    mixinStandardHelpOptions = true)
public final class CertsRenew implements Callable<Integer> {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "data directory of the server of this machine (default: ~/.kuber)")
  private @Nullable Path dataDir;

  @Option(
      names = "--token-key",
      description = "another key for the tokens of service accounts, instead of certificates")
  private boolean tokenKey;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try {
      if (tokenKey) {
        CertificateFiles.retireTokenKey(Certs.directory(dataDir));
        say(
            "the key signs no more: start the server again, which makes another; tokens that it has"
                + " signed are good until they end");
        return 0;
      }
      List<String> renewed = CertificateFiles.renew(Certs.directory(dataDir));
      say(
          renewed.isEmpty()
              ? "there is nothing to renew"
              : String.join(", ", renewed)
                  + ": a server that runs makes new ones within a minute and writes its"
                  + " kubeconfig anew, another at its start");
      return 0;
    } catch (IOException e) {
      throw new CommandFailure("cannot renew the certificates: " + e.getMessage());
    }
  }

  private void say(String text) {
    spec.commandLine().getOut().println(text);
  }
}
