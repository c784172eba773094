package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.linux.Tty;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps credentials for a registry, after it has been asked whether they are good. */
@Command(description = "Keeps credentials for a registry.")
final class Login extends DockerCommand {
  private static final int LONGEST = 64 << 10;

  @Option(
      names = {"-u", "--username"},
      paramLabel = "NAME",
      description = "who you are there")
  private String user = "";

  @Option(
      names = {"-p", "--password"},
      paramLabel = "PASSWORD",
      description = "which others can see in the list of processes")
  private String password = "";

  @Option(names = "--password-stdin", description = "reads the password from standard input")
  private boolean fromInput;

  @Parameters(arity = "0..1", paramLabel = "REGISTRY", description = "(default: Docker Hub)")
  private String registry = "";

  @Override
  int run() throws IOException {
    if (fromInput && user.isEmpty()) {
      throw misused("Must provide --username with --password-stdin");
    }
    if (fromInput && !password.isEmpty()) {
      throw misused("--password and --password-stdin are mutually exclusive");
    }
    if (!password.isEmpty()) {
      err().println("WARNING! Using --password via the CLI is insecure. Use --password-stdin.");
    }
    String key = key(registry);
    String name = user.isEmpty() ? ask("Username: ", false) : user;
    String secret = fromInput ? input() : password.isEmpty() ? ask("Password: ", true) : password;
    if (name.isEmpty() || secret.isEmpty()) {
      throw new CommandFailure("Error: a username and a password are needed");
    }
    Tree said =
        engine()
            .post(
                Target.of("auth"),
                Tree.of("username", name, "password", secret, "serveraddress", key));
    Credentials kept = Credentials.read().with(key, name, secret, said.text("IdentityToken"));
    kept.write();
    err().println("WARNING! Your password will be stored unencrypted in " + kept.file() + ".");
    out().println(said.text("Status").isEmpty() ? "Login Succeeded" : said.text("Status"));
    return 0;
  }

  /** How {@code config.json} calls a registry. */
  static String key(String registry) {
    String host = registry.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
    boolean isHub = host.isEmpty() || host.equals("docker.io") || host.equals("index.docker.io");
    return isHub ? ImageName.HUB_KEY : host;
  }

  private String input() throws IOException {
    String text = new String(in().readNBytes(LONGEST), StandardCharsets.UTF_8);
    return text.replaceFirst("\\r?\\n$", "");
  }

  private String ask(String question, boolean secret) throws IOException {
    boolean terminal = docker().screen().isInput();
    if (!terminal && docker().streams().ofProcess()) {
      throw new CommandFailure("Error: Cannot perform an interactive login from a non TTY device");
    }
    out().print(question);
    out().flush();
    Tty.Mode mode = secret && terminal ? docker().screen().silent() : () -> {};
    try (mode) {
      return Lines.next(in());
    } finally {
      if (secret) {
        out().println();
      }
    }
  }
}
