package io.kuber.engine.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.dockerfile.Instruction;
import io.kuber.engine.dockerfile.Settings;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a stage a step further: to what the same step came to the last time, or to a new image.
 * Belongs to the build's thread.
 */
final class Steps {
  /** Marks what a build has come to, besides what it came from. */
  static final String RESULT = "!";

  /** What the history of an image says before a step that runs nothing. */
  static final String NOTHING_RUNS = "/bin/sh -c #(nop) ";

  private final Images images;
  private final Workbench bench;
  private final BuildRequest request;
  private final BuildNews news;

  Steps(Images images, Workbench bench, BuildRequest request, BuildNews news) {
    this.images = images;
    this.bench = bench;
    this.request = request;
    this.news = news;
  }

  /** Whether an image is nothing but a step of a build. */
  static boolean isIntermediate(Provenance known) {
    return !known.step().isEmpty() && !known.step().startsWith(RESULT);
  }

  /** Makes the layer of a step. */
  @FunctionalInterface
  interface Content {
    Optional<Workbench.Layer> make() throws IOException, InterruptedException;
  }

  /** A step that changes the configuration alone. */
  void settings(Stage stage, Settings next, String text) throws IOException, InterruptedException {
    take(stage, next, NOTHING_RUNS + " " + text, "", Optional::empty);
  }

  /** {@code WORKDIR}, which makes the directory. */
  void directory(Stage stage, Instruction step)
      throws DockerfileException, IOException, InterruptedException {
    Settings next = stage.settings.apply(step, stage.variables());
    FileView view = stage.view(images.stock());
    take(
        stage,
        next,
        NOTHING_RUNS + "WORKDIR " + next.config().text("WorkingDir"),
        "",
        () -> {
          List<String> path = view.resolve(next.config().text("WorkingDir"));
          if (path.isEmpty() || view.find(path).isPresent()) {
            return Optional.empty();
          }
          TarContent content = new TarContent(view, images.stock().now().getEpochSecond());
          return Optional.of(bench.layer(out -> content.writeDirectory(path, out)));
        });
  }

  /**
   * Takes a step.
   *
   * @param next the configuration after it
   * @param createdBy as the history of the image says it
   * @param extra what makes it another step besides, which the history does not say
   * @param content makes what it adds, unless that is known
   */
  void take(Stage stage, Settings next, String createdBy, String extra, Content content)
      throws IOException, InterruptedException {
    String key = key(stage, createdBy + "\0" + extra + "\0" + next.config());
    Optional<StoredImage> known = request.cached() ? known(stage, key) : Optional.empty();
    if (known.isPresent()) {
      news.say(" ---> Using cache\n");
      stage.layers = bench.layersOf(known.get());
      stage.settings =
          new Settings(
              images.config(known.get()).without("rootfs"), next.hasOwnCommand(), next.escape());
      stage.image = known;
    } else {
      Optional<Workbench.Layer> layer = content.make();
      List<Workbench.Layer> layers = new ArrayList<>(stage.layers);
      layer.ifPresent(layers::add);
      String now = images.stock().now().toString();
      Tree entry = Tree.of("created", now, "created_by", createdBy);
      if (layer.isEmpty()) {
        entry = entry.with("empty_layer", true);
      }
      Tree config =
          next.tree()
              .with("created", now)
              .with("history", next.tree().items("history").plus(entry));
      StoredImage made = bench.image(config, layers, stage.parent(), key, List.of());
      stage.layers = List.copyOf(layers);
      stage.settings = new Settings(config, next.hasOwnCommand(), next.escape());
      stage.image = Optional.of(made);
    }
    news.say(" ---> " + Names.shortId(stage.image.orElseThrow().id().hex()) + "\n");
  }

  private static String key(Stage stage, String what) {
    String parent = stage.parent().map(Digest::toString).orElse("scratch");
    return Digest.sha256((parent + "\0" + what).getBytes(UTF_8)).hex();
  }

  private Optional<StoredImage> known(Stage stage, String key) {
    for (StoredImage each : images.stock().store().images()) {
      Optional<Provenance> known = images.provenance(each);
      boolean isSame =
          known.isPresent()
              && (known.get().step().equals(key) || known.get().step().equals(RESULT + key))
              && known.get().parent().equals(stage.parent());
      if (isSame) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
