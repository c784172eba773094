package io.kuber.container.linux;

import io.kuber.container.Container;
import io.kuber.container.ContainerMount;
import io.kuber.container.ContainerSpec;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.Resources;
import io.kuber.container.SandboxSpec;
import io.kuber.node.image.Image;
import io.kuber.node.image.ImageStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that starts containers, prints their numbers, and waits to be killed. */
final class KilledAgent {
  /** What containers and the test have in common; at this path in the containers. */
  static final String SHARED = "/shared";

  private static final long MEMORY_BYTES = 64L << 20;

  /** Where the scripts begin among the arguments. */
  private static final int FIRST_SCRIPT = 4;

  private KilledAgent() {}

  /**
   * Starts the containers {@code c0}, {@code c1} and so on in sandbox {@code pod} in a JVM of its
   * own, which is killed when they run.
   *
   * @param view what the pod's containers see of each other
   * @param ownUsers whether the pod's users are others than the machine's
   * @param scripts for the shell, after {@code tty } those that get a terminal
   * @return the numbers of their first processes
   */
  static List<Integer> run(
      Path state,
      String instance,
      SandboxSpec.ProcessView view,
      boolean ownUsers,
      String... scripts)
      throws IOException, InterruptedException {
    Files.createDirectories(state.resolve("shared"));
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledAgent.class.getName(),
                state.toString(),
                instance,
                view.name(),
                Boolean.toString(ownUsers)));
    command.addAll(List.of(scripts));
    Process agent =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<Integer> pids = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(agent.getInputStream(), StandardCharsets.UTF_8))) {
      while (pids.size() < scripts.length) {
        pids.add(Integer.parseInt(String.valueOf(reader.readLine())));
      }
    } finally {
      agent.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }
    return pids;
  }

  public static void main(String[] arguments) throws IOException {
    Path state = Path.of(arguments[0]);
    LinuxContainers runtime = LinuxContainers.open(state, arguments[1], InstantSource.system());
    SandboxSpec.ProcessView view = SandboxSpec.ProcessView.valueOf(arguments[2]);
    SandboxSpec plain = SandboxSpec.of("pod", "pod").withProcesses(view);
    boolean ownUsers = Boolean.parseBoolean(arguments[3]);
    PodSandbox pod = runtime.createSandbox(ownUsers ? plain.withOwnUsers() : plain);
    Image image = ImageStore.builtIn(state.resolve("images")).find("kuber.io/host");
    List<ContainerMount> mounts = new ArrayList<>(image.mounts());
    mounts.add(new ContainerMount.Bind(state.resolve("shared"), SHARED, false));
    for (int i = FIRST_SCRIPT; i < arguments.length; i++) {
      Container container =
          runtime.start(
              ContainerSpec.of("c" + (i - FIRST_SCRIPT), pod, image.layers(), process(arguments[i]))
                  .withMounts(mounts)
                  .withResources(Resources.UNLIMITED.withMemoryBytes(MEMORY_BYTES)));
      System.out.println(container.pid());
    }
    while (System.in.read() >= 0) {}
  }

  private static ProcessSpec process(String script) {
    String prefix = "tty ";
    return script.startsWith(prefix)
        ? ProcessSpec.of("sh", "-c", script.substring(prefix.length()))
            .withStayingStdin()
            .withTerminal()
        : ProcessSpec.of("sh", "-c", script).withStayingStdin();
  }
}
