package io.kuber.cli.docker;

import io.kuber.cli.output.CommandFailure;
import io.kuber.http.Headers;
import io.kuber.http.LocalSocketAnswer;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code run} and {@code create} have in common: a container to make. */
final class ContainerFlags {
  @Option(names = "--name", paramLabel = "NAME", description = "of the container")
  private String name = "";

  @Option(names = "--rm", description = "removes it when it has ended")
  private boolean remove;

  @Option(names = "--pull", paramLabel = "WHEN", description = "always, missing or never")
  private String pull = "missing";

  @Option(names = "--platform", paramLabel = "OS/ARCH", description = "of the image")
  private String platform = "";

  @Option(names = "--cidfile", paramLabel = "FILE", description = "gets the id")
  private @Nullable Path idFile;

  @Mixin private ProcessFlags process = new ProcessFlags();
  @Mixin private NetworkFlags network = new NetworkFlags();
  @Mixin private ResourceFlags resources = new ResourceFlags();
  @Mixin private IsolationFlags isolation = new IsolationFlags();
  @Mixin private HealthFlags health = new HealthFlags();

  @Parameters(index = "0", paramLabel = "IMAGE", description = "a name or id")
  private String image = "";

  @Parameters(index = "1..*", paramLabel = "ARGUMENT", description = "instead of the image's")
  private List<String> command = new ArrayList<>();

  ProcessFlags process() {
    return process;
  }

  boolean isRemoved() {
    return remove;
  }

  /** What the engine is to make, for somebody who is {@code attached} to it or not. */
  Tree body(boolean attached) throws IOException {
    boolean input = attached && process.isInteractive();
    Tree body =
        Tree.of(
            "Image", image,
            "AttachStdin", input,
            "AttachStdout", attached,
            "AttachStderr", attached,
            "StdinOnce", input);
    Tree made = network.addTo(process.addTo(body, command));
    Tree host = made.tree("HostConfig").with("AutoRemove", remove);
    Tree limits = resources.fields();
    for (int i = 0; i < limits.size(); i++) {
      host = host.with(limits.nameAt(i), limits.valueAt(i));
    }
    if (remove && !List.of("", "no").contains(host.text("RestartPolicy", "Name"))) {
      throw new CommandFailure("--rm: conflicting options: --restart and --rm");
    }
    Path here = Path.of("").toAbsolutePath();
    return health.addTo(isolation.addTo(made.with("HostConfig", host), here));
  }

  /** Makes the container, and before that fetches its image if need be; returns its id. */
  String create(Docker docker, Tree body) throws IOException {
    if (idFile != null && Files.exists(idFile)) {
      throw new CommandFailure("--cidfile: container ID file found: " + idFile);
    }
    if (!List.of("always", "missing", "never").contains(pull)) {
      throw new CommandFailure(
          "--pull: invalid pull option: '"
              + pull
              + "': must be one of \"always\", \"missing\" or \"never\"");
    }
    if (pull.equals("always")) {
      fetch(docker);
    }
    Tree made;
    try {
      made = docker.engine().post(target(), body);
    } catch (Refusal e) {
      if (!e.isAbsent() || !pull.equals("missing") || !isImage(e)) {
        throw e;
      }
      docker
          .streams()
          .err()
          .println("Unable to find image '" + ImageName.of(image).orLatest() + "' locally");
      fetch(docker);
      made = docker.engine().post(target(), body);
    }
    made.items("Warnings")
        .texts()
        .forEach(each -> docker.streams().err().println("WARNING: " + each));
    String id = made.text("Id");
    if (idFile != null) {
      Files.writeString(idFile, id, StandardCharsets.UTF_8);
    }
    return id;
  }

  /** A missing network or volume is told with the same status. */
  private static boolean isImage(Refusal refusal) {
    return refusal.said().toLowerCase(Locale.ROOT).contains("image");
  }

  private Target target() {
    return Target.of("containers", "create").with("name", name).with("platform", platform);
  }

  private void fetch(Docker docker) throws IOException {
    ImageName wanted = ImageName.of(image).orLatest();
    Headers headers = Credentials.read().header(wanted.registryKey());
    Target from =
        Target.of("images", "create")
            .with("fromImage", wanted.repository())
            .with("tag", wanted.tag().replace("@", ""))
            .with("platform", platform);
    try (LocalSocketAnswer answer = docker.engine().open("POST", from, headers)) {
      new Progress(docker.streams().err(), docker.screen().isError()).show(answer.body());
    }
  }
}
