package io.kuber.engine.image;

import io.kuber.engine.ContainerUse;
import io.kuber.engine.EngineException;
import io.kuber.engine.Happenings;
import io.kuber.engine.ImageShelf;
import io.kuber.engine.LocalImage;
import io.kuber.json.Json;
import io.kuber.node.image.Image;
import io.kuber.node.image.ImageLibrary;
import io.kuber.node.image.ImagePullException;
import io.kuber.node.image.ImageStock;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The images of the machine as the engine knows them. For any thread. */
public final class Images implements ImageShelf {
  private static final Pattern ID = Pattern.compile("(?:sha256:)?[0-9a-f]{1,64}");

  private final ImageLibrary library;
  private final ImageStock stock;
  private final ContainerUse use;
  private final Happenings happenings;

  /** The images of a library; those that {@code use} knows are kept when the disk is too full. */
  public Images(ImageLibrary library, ContainerUse use, Happenings happenings) {
    this.library = library;
    this.stock = library.stock();
    this.use = use;
    this.happenings = happenings;
    stock.mind(id -> !use.ofImage(id.toString()).isEmpty());
  }

  ImageStock stock() {
    return stock;
  }

  ContainerUse use() {
    return use;
  }

  @Override
  public LocalImage find(String reference) {
    Optional<StoredImage> stored = lookUp(reference);
    if (stored.isPresent()) {
      StoredImage image = stored.get();
      Image parts = stock.image(image, reference);
      return new LocalImage(
          image.id().toString(), Names.tags(image), parts, config(image), image.bytes());
    }
    return builtIn(reference).orElseThrow(() -> absent(reference));
  }

  private Optional<LocalImage> builtIn(String reference) {
    try {
      ImageReference.parse(reference);
      return library
          .present(reference)
          .map(
              image ->
                  new LocalImage(
                      image.id().substring(image.id().indexOf('@') + 1),
                      List.of(reference),
                      image,
                      Configs.of(image.config()),
                      0));
    } catch (IllegalArgumentException | ImagePullException e) {
      return Optional.empty();
    }
  }

  static EngineException absent(String reference) {
    String shown = reference;
    try {
      shown = Names.familiar(ImageReference.parse(reference));
    } catch (IllegalArgumentException e) {
      // It is shown as it was written.
    }
    return EngineException.absent("No such image: " + shown);
  }

  /** An image that is kept here. */
  StoredImage get(String reference) {
    return lookUp(reference).orElseThrow(() -> absent(reference));
  }

  /** By name first, then by the beginning of the id, as Docker does. */
  Optional<StoredImage> lookUp(String reference) {
    if (reference.startsWith("sha256:")) {
      return byId(reference);
    }
    Optional<StoredImage> named = Optional.empty();
    try {
      named = stock.store().find(Names.stored(ImageReference.parse(reference)));
    } catch (IllegalArgumentException e) {
      // An id of 64 digits is no name.
    }
    return named.isPresent() ? named : byId(reference);
  }

  private Optional<StoredImage> byId(String prefix) {
    if (!ID.matcher(prefix).matches()) {
      return Optional.empty();
    }
    String hex = prefix.substring(prefix.indexOf(':') + 1);
    List<StoredImage> found =
        stock.store().images().stream().filter(each -> each.id().hex().startsWith(hex)).toList();
    if (found.size() > 1) {
      throw EngineException.malformed("ambiguous: more than one image begins with " + prefix);
    }
    return found.stream().findFirst();
  }

  /** The configuration of an image, made up of the record where it was not kept. */
  Tree config(StoredImage image) {
    return provenance(image)
        .map(known -> Json.parse(known.config()))
        .orElseGet(() -> Configs.of(image));
  }

  Optional<Provenance> provenance(StoredImage image) {
    return stock.store().provenance(image.id());
  }

  /** The images that were made of one. */
  List<StoredImage> children(Digest id) {
    List<StoredImage> children = new ArrayList<>();
    for (StoredImage each : stock.store().images()) {
      boolean isChild = provenance(each).flatMap(Provenance::parent).filter(id::equals).isPresent();
      if (isChild) {
        children.add(each);
      }
    }
    return children;
  }

  /** Gives an image a further name, which another one may lose. */
  void tag(StoredImage image, ImageReference name) throws IOException {
    if (name.digest().isPresent()) {
      throw EngineException.malformed("refusing to create a tag with a digest reference");
    }
    List<String> names = new ArrayList<>(image.names());
    names.add(Names.stored(name));
    stock
        .store()
        .put(
            new StoredImage(
                image.id(),
                names.stream().distinct().toList(),
                image.layers(),
                image.entrypoint(),
                image.command(),
                image.environment(),
                image.user(),
                image.workingDirectory(),
                image.stopSignal(),
                image.pulledAt()));
    tell("tag", image.id(), Names.familiar(name));
  }

  void tell(String action, Digest image, String name) {
    happenings.tell("image", action, image.toString(), Map.of("name", name));
  }

  @Override
  public String commit(LocalImage base, Path changes, Commit commit) {
    try {
      return new Commits(this).make(base, changes, commit).toString();
    } catch (IOException e) {
      throw new EngineException(500, "cannot commit: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new EngineException(500, "cannot commit: " + e.getCause(), e);
    }
  }

  /** The layers of an image of the store, for images that grow out of it. */
  static Items diffIds(StoredImage image) {
    return Items.copyOf(image.layers().stream().map(each -> each.digest().toString()).toList());
  }
}
