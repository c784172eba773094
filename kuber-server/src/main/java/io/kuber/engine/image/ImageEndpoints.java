package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Filters;
import io.kuber.engine.wire.ProgressLines;
import io.kuber.engine.wire.Routes;
import io.kuber.node.image.registry.Credentials;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.registry.Platform;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What clients ask of images (Engine API, "Images"). */
public final class ImageEndpoints {
  private final Images images;
  private final ImageJson json;
  private final ImageList list;
  private final Removal removal;
  private final ImagePull pull;

  /** Endpoints over images. */
  public ImageEndpoints(Images images) {
    this.images = images;
    this.json = new ImageJson(images);
    this.list = new ImageList(images, json);
    this.removal = new Removal(images);
    this.pull = new ImagePull(images);
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .add("GET", "/images/json", call -> call.json(list(call)))
        .add("POST", "/images/create", this::create)
        .add("GET", "/images/{name*}/json", call -> call.json(json.inspect(image(call))))
        .add("GET", "/images/{name*}/history", call -> call.json(json.history(image(call))))
        .add("POST", "/images/{name*}/tag", this::tag)
        .add("DELETE", "/images/{name*}", this::remove)
        .add("POST", "/images/prune", this::prune)
        .add("GET", "/images/search", ImageEndpoints::search);
  }

  private StoredImage image(Call call) {
    return images.get(call.path("name"));
  }

  private Items list(Call call) {
    Filters filters = call.filters();
    return list.list(call.isTrue("all"), filters);
  }

  /** The images, and what all layers take of the disk ({@code docker system df}). */
  public Tree disk() {
    return Tree.of("LayersSize", bytes(), "Images", list.measured());
  }

  private void create(Call call) throws IOException {
    if (call.query("fromSrc").isPresent()) {
      takeArchive(call);
      return;
    }
    String name =
        call.query("fromImage")
            .orElseThrow(() -> EngineException.malformed("fromImage is missing"));
    checkPlatform(call.query("platform").orElse(""));
    ImageReference wanted = Names.parse(name, call.query("tag").orElse(""));
    List<Credentials> credentials = Credential.parse(call.header("X-Registry-Auth").orElse(""));
    AtomicReference<@Nullable ProgressLines> lines = new AtomicReference<>();
    try {
      pull.run(wanted, credentials, () -> open(call, lines));
    } catch (RuntimeException e) {
      ProgressLines begun = lines.get();
      if (begun == null) {
        throw e;
      }
      begun.error(String.valueOf(e.getMessage()));
    }
    open(call, lines).close();
  }

  private void takeArchive(Call call) throws IOException {
    if (!call.query("fromSrc").filter("-"::equals).isPresent()) {
      throw EngineException.malformed(
          "fromSrc: addresses are not fetched; fetch it first, and import -");
    }
    checkPlatform(call.query("platform").orElse(""));
    Optional<ImageReference> name =
        call.query("repo")
            .filter(each -> !each.isEmpty())
            .map(repository -> Names.parse(repository, call.query("tag").orElse("")));
    Digest made =
        new ImageImport(images)
            .make(
                call.stream(),
                name,
                call.query("message").orElse("Imported from -"),
                String.join("\n", call.queries("changes")));
    try (ProgressLines lines = call.progress()) {
      lines.line(Tree.of("status", made.toString()));
    }
  }

  /** Opened by whichever thread of a pull has something to say first. */
  private static ProgressLines open(Call call, AtomicReference<@Nullable ProgressLines> lines)
      throws IOException {
    synchronized (lines) {
      ProgressLines begun = lines.get();
      if (begun == null) {
        begun = call.progress();
        lines.set(begun);
      }
      return begun;
    }
  }

  static void checkPlatform(String platform) {
    Platform host = Platform.host();
    List<String> own = List.of("", "linux", host.toString(), host.os() + "/" + host.architecture());
    if (!own.contains(platform)) {
      throw EngineException.malformed(
          "platform: this machine is " + host + " and has no images for " + platform);
    }
  }

  private void tag(Call call) throws IOException {
    String repository =
        call.query("repo").orElseThrow(() -> EngineException.malformed("repo is missing"));
    images.tag(image(call), Names.parse(repository, call.query("tag").orElse("")));
    call.empty(201);
  }

  private void remove(Call call) throws IOException {
    call.json(
        Items.copyOf(
            removal.remove(call.path("name"), call.isTrue("force"), !call.isTrue("noprune"))));
  }

  private void prune(Call call) throws IOException {
    Filters filters = call.filters().allow("dangling", "label");
    long before = bytes();
    List<Tree> lines =
        removal.prune(
            image ->
                filters.admitsLabels(
                    "label", images.config(image).tree("config", "Labels").texts()),
            !filters.isTrue("dangling", true));
    call.json(
        Tree.of(
            "ImagesDeleted", Items.copyOf(lines), "SpaceReclaimed", Math.max(0, before - bytes())));
  }

  private long bytes() {
    return images.stock().store().images().stream()
        .flatMap(image -> image.layers().stream())
        .distinct()
        .mapToLong(layer -> layer.bytes())
        .sum();
  }

  private static void search(Call call) {
    throw EngineException.failed(
        "searching is not supported: registries have no common way to search them; look at the"
            + " registry's own pages, and pull by name");
  }
}
