package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.engine.StepRunner;
import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.ProgressLines;
import io.kuber.engine.wire.Routes;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.linux.Syscalls;
import io.kuber.node.image.layer.LayerLimits;
import io.kuber.node.image.layer.Unpacking;
import io.kuber.node.image.registry.Keyring;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds as the clients of Docker's first builder ask for them: the context is an archive. */
public final class BuildEndpoints {
  private static final Logger LOG = LoggerFactory.getLogger(BuildEndpoints.class);

  /** Limits of containers of a build, which are none here. */
  private static final List<String> UNSUPPORTED =
      List.of(
          "memory",
          "memswap",
          "cpushares",
          "cpuquota",
          "cpuperiod",
          "cpusetcpus",
          "cpusetmems",
          "shmsize",
          "squash",
          "remote",
          "extrahosts",
          "cgroupparent",
          "session");

  private final Images images;
  private final StepRunner runner;

  /** Endpoints over images; {@code runner} runs the commands of builds. */
  public BuildEndpoints(Images images, StepRunner runner) {
    this.images = images;
    this.runner = runner;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes.add("POST", "/build", this::build).add("POST", "/build/prune", this::prune);
  }

  private void build(Call call) throws IOException {
    BuildRequest request = request(call);
    try (Workbench bench = new Workbench(images.stock())) {
      Path context = bench.directory("context");
      new Unpacking(Syscalls.linux(), LayerLimits.DEFAULT)
          .unpack("context", call.stream(), Workbench.sha256(), context);
      Thread builder = Thread.currentThread();
      call.onGone(builder::interrupt);
      try (ProgressLines lines = call.progress()) {
        run(new Build(images, runner, bench, context, request, lines), request, lines);
      }
    }
  }

  private static void run(Build build, BuildRequest request, ProgressLines lines)
      throws IOException {
    try {
      StoredImage made = build.run();
      if (request.quiet()) {
        lines.stream(made.id() + "\n");
      }
    } catch (StepException e) {
      lines.error(e.code(), String.valueOf(e.getMessage()));
    } catch (EngineException | DockerfileException | IOException e) {
      lines.error(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // The answer has begun: without this line clients take its end for success.
      LOG.warn("a build failed", e);
      lines.error(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      lines.error("the build was given up");
    }
  }

  private static BuildRequest request(Call call) {
    for (String name : UNSUPPORTED) {
      String value = call.query(name).orElse("");
      if (!List.of("", "0", "false", "null", "[]", "{}").contains(value)) {
        throw EngineException.malformed(name + ": not supported in builds");
      }
    }
    if (call.query("version").filter("2"::equals).isPresent()) {
      throw EngineException.malformed(
          "version: BuildKit is not supported; set DOCKER_BUILDKIT=0 for the builder that is");
    }
    ImageEndpoints.checkPlatform(call.query("platform").orElse(""));
    return new BuildRequest(
        call.query("dockerfile").orElse("Dockerfile"),
        call.queries("t").stream().filter(each -> !each.isEmpty()).toList(),
        texts(call, "buildargs"),
        call.query("target").orElse(""),
        texts(call, "labels"),
        network(call.query("networkmode").orElse("default")),
        !call.isTrue("nocache"),
        call.isTrue("pull"),
        call.isTrue("q"),
        keyring(call.header("X-Registry-Config").orElse("")));
  }

  private static String network(String mode) {
    return switch (mode) {
      case "default", "bridge" -> "bridge";
      case "host", "none" -> mode;
      default -> throw EngineException.malformed("networkmode: " + mode + " is not supported");
    };
  }

  /** Arguments without a value are those that the client's environment does not have. */
  private static Map<String, String> texts(Call call, String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    try {
      String json = call.query(name).orElse("{}");
      if (json.equals("null")) {
        return texts;
      }
      Json.parse(json.getBytes(StandardCharsets.UTF_8))
          .forEach(
              (key, value) -> {
                if (value instanceof String text) {
                  texts.put(key, text);
                }
              });
      return texts;
    } catch (MalformedException e) {
      throw new EngineException(400, name + ": " + e.getMessage(), e);
    }
  }

  private static Keyring keyring(String header) {
    if (header.isBlank()) {
      return Keyring.EMPTY;
    }
    try {
      byte[] json =
          Base64.getUrlDecoder().decode(header.strip().replace('+', '-').replace('/', '_'));
      return Keyring.ofDockerCfg(json);
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new EngineException(400, "X-Registry-Config: " + e.getMessage(), e);
    }
  }

  private void prune(Call call) throws IOException {
    List<Tree> lines =
        new Removal(images)
            .prune(
                image -> images.provenance(image).filter(Steps::isIntermediate).isPresent(), false);
    List<String> gone =
        lines.stream().map(line -> line.text("Deleted")).filter(id -> !id.isEmpty()).toList();
    call.json(Tree.of("CachesDeleted", Items.copyOf(gone), "SpaceReclaimed", 0L));
  }
}
