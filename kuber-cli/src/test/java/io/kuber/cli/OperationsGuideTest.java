package io.kuber.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.kuber.boot.LocalNode;
import io.kuber.boot.StartException;
import io.kuber.cli.Transcript.Step;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what docs/operations.md says, word for word and in its order, on four machines, and sees
 * what it shows.
 */
final class OperationsGuideTest {
  private static final String INTERRUPT = "^C";
  private static final List<String> LOOKS = List.of("kuber server list", "kubectl get");
  private static final List<String> RUNNING = List.of("./kuber server --", "./kuber node --");
  private static final long LIMIT_SECONDS = 90;
  private static final long FAREWELL_SECONDS = 20;
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** A command that has ended, and where it wrote. */
  private record Ended(Process process, Path output) {
    @Override
    public String toString() {
      return said(output);
    }
  }

  @TempDir private Path directory;
  private final Map<String, Process> servers = new HashMap<>();
  private final Map<String, Path> outputs = new HashMap<>();
  private String token = "";
  private int commands;

  /** Those that are asked to end take their pods with them. */
  @AfterEach
  void stopServers() throws InterruptedException {
    for (Process server : servers.values()) {
      server.destroy();
      if (!server.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void succeedsWordForWord() throws Exception {
    String missing = Hosts.missing();
    assumeTrue(missing.isEmpty(), missing);
    assumeNode();
    Optional<Path> kubectl = kubectl();
    assumeTrue(kubectl.isPresent(), "there is no kubectl; .ci/run gets one");
    prepare(kubectl.get());
    List<Step> steps = Transcript.of(Files.readString(guide()));
    assertThat(steps).as("steps of the guide").hasSizeGreaterThan(30);
    Path roots = Files.createDirectory(directory.resolve("hosts"));
    try (Hosts hosts = Hosts.make(roots, List.of("a", "b", "c", "d"))) {
      for (Step step : steps) {
        if (step instanceof Step.Typed typed) {
          type(hosts, typed);
        } else {
          lose(hosts, step.machine());
        }
      }
      stopServers();
    }
  }

  private static void assumeNode() {
    try {
      new LocalNode().check();
    } catch (StartException e) {
      Assumptions.abort(String.valueOf(e.getMessage()));
    }
  }

  /** A directory with the launcher, which runs the classes under test, and kubectl on the path. */
  private void prepare(Path kubectl) throws IOException {
    String java =
        "'%s' -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '%s' %s"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                classPath(),
                KuberCommand.class.getName());
    program(directory.resolve("kuber"), java);
    program(Files.createDirectory(directory.resolve("bin")).resolve("kubectl"), kubectl.toString());
  }

  private static String classPath() {
    return Splitter.on(File.pathSeparator)
        .splitToStream(System.getProperty("java.class.path"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void program(Path file, String command) throws IOException {
    Files.writeString(file, "#!/bin/sh\nexec " + command + " \"$@\"\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Optional<Path> kubectl() {
    String known = System.getenv().getOrDefault("KUBER_KUBECTLS", "");
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Splitter.on(File.pathSeparator).omitEmptyStrings().splitToStream(known).map(Path::of),
            Splitter.on(File.pathSeparator)
                .omitEmptyStrings()
                .splitToStream(path)
                .map(each -> Path.of(each, "kubectl")))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path guide() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      Path guide = at.resolve("docs/operations.md");
      if (Files.exists(guide)) {
        return guide;
      }
    }
    throw new IllegalStateException("no docs/operations.md in " + start + " or above it");
  }

  private void type(Hosts hosts, Step.Typed typed) throws Exception {
    String command = typed.command().replace("TOKEN", token);
    if (command.equals(INTERRUPT)) {
      Process server = requireNonNull(servers.remove(typed.machine()), "no server to interrupt");
      Path output = requireNonNull(outputs.get(typed.machine()));
      server.destroy();
      assertThat(server.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
          .as(() -> "stopped: " + said(output))
          .isTrue();
      return;
    }
    begin(hosts, typed, command);
  }

  private void begin(Hosts hosts, Step.Typed typed, String command) throws Exception {
    if (RUNNING.stream().anyMatch(command::startsWith)) {
      Path output = nextOutput();
      Process process = started(hosts.on(typed.machine(), "exec " + command), output);
      servers.put(typed.machine(), process);
      outputs.put(typed.machine(), output);
      for (String line : typed.shown()) {
        see(typed, line, output, process);
      }
    } else {
      look(hosts, typed, command);
    }
  }

  /** Who looks at something looks again until it shows what is written. */
  private void look(Hosts hosts, Step.Typed typed, String command) throws Exception {
    boolean looks = LOOKS.stream().anyMatch(command::contains);
    Ended ended =
        Eventually.seen(
            () -> ended(hosts, typed, command), each -> !looks || shows(typed, each.output()));
    for (String line : typed.shown()) {
      see(typed, line, ended.output(), ended.process());
    }
  }

  private Ended ended(Hosts hosts, Step.Typed typed, String command)
      throws IOException, InterruptedException {
    Path output = nextOutput();
    Process process = started(hosts.on(typed.machine(), command), output);
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
        .as(() -> typed + " said: " + said(output))
        .isTrue();
    return new Ended(process, output);
  }

  private static boolean shows(Step.Typed typed, Path output) {
    return typed.shown().stream().allMatch(line -> pattern(line).matcher(said(output)).find());
  }

  private static Pattern pattern(String line) {
    return Pattern.compile("(?m)^\\s*" + Transcript.pattern(line).pattern());
  }

  private Path nextOutput() {
    return directory.resolve("output-" + commands++);
  }

  private Process started(ProcessBuilder builder, Path output) throws IOException {
    builder.environment().merge("PATH", "", (path, none) -> directory.resolve("bin") + ":" + path);
    return builder
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  private void see(Step.Typed typed, String line, Path output, Process process) {
    Pattern wanted = pattern(line);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (true) {
      boolean isOver = !process.isAlive();
      Matcher seen = wanted.matcher(said(output));
      if (seen.find()) {
        if (line.contains("TOKEN")) {
          token = seen.group("token");
        }
        return;
      }
      assertThat(isOver || System.nanoTime() > end)
          .as("%s should show '%s', but said:%n%s%s", typed, line, said(output), others())
          .isFalse();
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private String others() {
    StringBuilder all = new StringBuilder();
    outputs.forEach(
        (machine, output) -> all.append("--- ").append(machine).append('\n').append(said(output)));
    return all.toString();
  }

  private static String said(Path output) {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void lose(Hosts hosts, String machine) throws Exception {
    Process server = servers.remove(machine);
    if (server != null) {
      server.destroyForcibly().waitFor();
    }
    Path disk = hosts.root(machine).resolve("lib");
    MoreFiles.deleteDirectoryContents(disk, RecursiveDeleteOption.ALLOW_INSECURE);
  }
}
