package io.kuber.container.linux;

import io.kuber.container.Container;
import io.kuber.container.ContainerSpec;
import io.kuber.container.PodSandbox;
import io.kuber.container.ProcessSpec;
import io.kuber.container.SandboxSpec;
import io.kuber.node.image.Image;
import io.kuber.node.image.ImageStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** A process that starts a container, prints its number, and waits to be killed. */
final class KilledAgent {
  private KilledAgent() {}

  public static void main(String[] arguments) throws IOException {
    Path state = Path.of(arguments[0]);
    LinuxContainers runtime = LinuxContainers.open(state, arguments[1], InstantSource.system());
    PodSandbox pod = runtime.createSandbox(SandboxSpec.of("pod", "pod"));
    Image image = ImageStore.builtIn(state.resolve("images")).find("kuber.io/host");
    ProcessSpec process = ProcessSpec.of("sleep", "1000");
    Container container =
        runtime.start(
            ContainerSpec.of("app", pod, image.layers(), process).withMounts(image.mounts()));
    System.out.println(container.pid());
    while (System.in.read() >= 0) {}
  }
}
