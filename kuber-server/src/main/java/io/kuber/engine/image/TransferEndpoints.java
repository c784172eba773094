package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.ProgressLines;
import io.kuber.engine.wire.Routes;
import io.kuber.json.Json;
import io.kuber.node.image.registry.Credentials;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.registry.ImageSource;
import io.kuber.node.image.registry.Manifest;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Images on their way out and in: push, save, load, and what registries say of them. */
public final class TransferEndpoints {
  private final Images images;
  private final ImagePush push;

  /** Endpoints over images. */
  public TransferEndpoints(Images images) {
    this.images = images;
    this.push = new ImagePush(images);
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .add("POST", "/images/{name*}/push", this::push)
        .add("GET", "/images/get", call -> save(call, names(call)))
        .add("GET", "/images/{name*}/get", call -> save(call, List.of(call.path("name"))))
        .add("POST", "/images/load", this::load)
        .add("GET", "/distribution/{name*}/json", this::distribution);
  }

  private static List<Credentials> credentials(Call call) {
    return Credential.parse(call.header("X-Registry-Auth").orElse(""));
  }

  private void push(Call call) throws IOException {
    List<Credentials> credentials = credentials(call);
    List<ImageReference> names = push.names(call.path("name"), call.query("tag").orElse(""));
    try (ProgressLines lines = call.progress()) {
      try {
        for (ImageReference name : names) {
          push.run(name, credentials, lines);
        }
      } catch (RuntimeException | IOException e) {
        lines.error(String.valueOf(e.getMessage()));
      }
    }
  }

  private static List<String> names(Call call) {
    List<String> names = new ArrayList<>();
    call.queries("names").forEach(each -> names.addAll(List.of(each.split(","))));
    if (names.isEmpty()) {
      throw EngineException.malformed("names is missing");
    }
    return names;
  }

  private void save(Call call, List<String> names) throws IOException {
    try (ImageSave archive = new ImageSave(images, names)) {
      OutputStream out = call.answerStream("application/x-tar");
      archive.writeTo(out);
      out.close(); // Only now: clients see that an answer was cut off.
    }
  }

  private void load(Call call) throws IOException {
    ImageLoad.run(images, call.stream(), call::progress);
  }

  private void distribution(Call call) throws IOException {
    ImageReference wanted = Names.parse(call.path("name"));
    IOException last = new IOException("nobody to ask");
    for (ImageSource source :
        images.stock().sources().of(wanted, Credential.keyring(wanted, credentials(call)))) {
      try {
        call.json(describe(source.manifest(wanted.version())));
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new EngineException(404, String.valueOf(last.getMessage()), last);
  }

  private static Tree describe(byte[] bytes) throws IOException {
    Tree tree = Json.parse(bytes);
    List<Tree> platforms = new ArrayList<>();
    if (Manifest.parse(bytes) instanceof Manifest.Choice) {
      tree.items("manifests").trees().forEach(each -> platforms.add(each.tree("platform")));
    }
    return Tree.of(
        "Descriptor",
        Tree.of(
            "mediaType",
            tree.text("mediaType"),
            "digest",
            Digest.sha256(bytes).toString(),
            "size",
            (long) bytes.length),
        "Platforms",
        Items.copyOf(platforms));
  }
}
