package io.kuber.cli.docker;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a container's process is: flags of {@code run} and {@code create}. */
final class ProcessFlags {
  @Option(
      names = {"-i", "--interactive"},
      description = "keeps its input open")
  private boolean interactive;

  @Option(
      names = {"-t", "--tty"},
      description = "gives it a terminal")
  private boolean tty;

  @Option(
      names = {"-e", "--env"},
      paramLabel = "NAME=VALUE",
      description = "environment")
  private List<String> environment = new ArrayList<>();

  @Option(names = "--env-file", paramLabel = "FILE", description = "environment, a line each")
  private List<Path> environmentFiles = new ArrayList<>();

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "DIR",
      description = "working directory")
  private String directory = "";

  @Option(
      names = {"-u", "--user"},
      paramLabel = "USER[:GROUP]",
      description = "who it runs as")
  private String user = "";

  @Option(names = "--entrypoint", paramLabel = "PROGRAM", description = "instead of the image's")
  private @Nullable String entrypoint;

  @Option(
      names = {"-l", "--label"},
      paramLabel = "NAME=VALUE",
      description = "labels")
  private List<String> labels = new ArrayList<>();

  @Option(names = "--label-file", paramLabel = "FILE", description = "labels, a line each")
  private List<Path> labelFiles = new ArrayList<>();

  @Option(names = "--stop-signal", paramLabel = "SIGNAL", description = "what ends it")
  private String stopSignal = "";

  @Option(names = "--stop-timeout", paramLabel = "SECONDS", description = "until it is killed")
  private @Nullable Long stopTimeout;

  @Option(
      names = {"-h", "--hostname"},
      paramLabel = "NAME",
      description = "name of its machine")
  private String hostname = "";

  @Option(names = "--domainname", paramLabel = "NAME", description = "domain of its machine")
  private String domain = "";

  @Option(names = "--group-add", paramLabel = "GROUP", description = "further groups")
  private List<String> groups = new ArrayList<>();

  boolean isInteractive() {
    return interactive;
  }

  boolean isTty() {
    return tty;
  }

  /** With what these flags say. */
  Tree addTo(Tree body, List<String> command) throws IOException {
    List<String> named = new ArrayList<>();
    for (Path file : labelFiles) {
      named.addAll(Pairs.lines("--label-file", file));
    }
    named.addAll(labels);
    Tree made =
        body.with("Hostname", hostname)
            .with("Domainname", domain)
            .with("User", user)
            .with("Tty", tty)
            .with("OpenStdin", interactive)
            .with("Env", env(System.getenv()))
            .with("Labels", Pairs.texts(named))
            .with("WorkingDir", directory);
    if (!command.isEmpty()) {
      made = made.with("Cmd", Items.copyOf(command));
    }
    if (entrypoint != null) {
      made = made.with("Entrypoint", Items.of(entrypoint));
    }
    if (!stopSignal.isEmpty()) {
      made = made.with("StopSignal", stopSignal);
    }
    if (stopTimeout != null) {
      made = made.with("StopTimeout", stopTimeout);
    }
    return groups.isEmpty() ? made : made.withAt(Items.copyOf(groups), "HostConfig", "GroupAdd");
  }

  private Items env(Map<String, String> own) throws IOException {
    return Pairs.environment(environmentFiles, environment, own);
  }
}
