package io.kuber.engine.image;

import io.kuber.engine.ContainerUse;
import io.kuber.engine.EngineException;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.store.Provenance;
import io.kuber.node.image.store.StoredImage;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Takes names from images, and images away when nothing needs them any more (moby,
 * daemon/images/image_delete.go). An image that a container has stays, without names, even by
 * force: its layers are the container's root.
 */
final class Removal {
  private final Images images;

  Removal(Images images) {
    this.images = images;
  }

  /**
   * Removes what a reference names.
   *
   * @param prunes whether nameless parents go as well
   * @return lines {@code {"Untagged": ...}} and {@code {"Deleted": ...}}
   */
  synchronized List<Tree> remove(String reference, boolean force, boolean prunes)
      throws IOException {
    StoredImage image = images.get(reference);
    List<Tree> lines = new ArrayList<>();
    if (isId(reference, image)) {
      checkId(image, force);
      untag(image, image.names(), lines);
    } else {
      ImageReference name = Names.parse(reference);
      List<String> gone = namesOf(image, name);
      List<String> rest = new ArrayList<>(image.names());
      rest.removeAll(gone);
      if (rest.isEmpty() && !force) {
        checkLast(reference, image);
      }
      untag(image, gone, lines);
      if (!rest.isEmpty()) {
        return lines;
      }
    }
    delete(image.id(), prunes, lines);
    return lines;
  }

  private static boolean isId(String reference, StoredImage image) {
    String hex = reference.startsWith("sha256:") ? reference.substring(7) : reference;
    boolean begins = image.id().hex().startsWith(hex);
    if (!begins || reference.startsWith("sha256:")) {
      return begins;
    }
    try {
      return !image.names().contains(Names.stored(ImageReference.parse(reference)));
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  /** A tag, and names with digests of its repository when it is the last of it. */
  private static List<String> namesOf(StoredImage image, ImageReference name) {
    List<String> gone = new ArrayList<>(List.of(Names.stored(name)));
    List<String> ofRepository =
        image.names().stream()
            .filter(each -> ImageReference.parse(each).name().equals(name.name()))
            .toList();
    boolean hasOtherTag =
        ofRepository.stream().anyMatch(each -> !Names.isDigest(each) && !gone.contains(each));
    if (!hasOtherTag && name.digest().isEmpty()) {
      ofRepository.stream().filter(each -> !gone.contains(each)).forEach(gone::add);
    }
    return gone;
  }

  private void checkId(StoredImage image, boolean force) {
    String id = Names.shortId(image.id().hex());
    for (ContainerUse.User user : images.use().ofImage(image.id().toString())) {
      String container = Names.shortId(user.id());
      if (user.running()) {
        throw EngineException.conflict(
            "conflict: unable to delete %s (cannot be forced) - image is being used by running container %s"
                .formatted(id, container));
      }
      if (!force) {
        throw EngineException.conflict(
            "conflict: unable to delete %s (must be forced) - image is being used by stopped container %s"
                .formatted(id, container));
      }
    }
    if (!images.children(image.id()).isEmpty()) {
      throw EngineException.conflict(
          "conflict: unable to delete %s (cannot be forced) - image has dependent child images"
              .formatted(id));
    }
    long repositories =
        image.names().stream().map(each -> ImageReference.parse(each).name()).distinct().count();
    if (repositories > 1 && !force) {
      throw EngineException.conflict(
          "conflict: unable to delete %s (must be forced) - image is referenced in multiple repositories"
              .formatted(id));
    }
  }

  private void checkLast(String reference, StoredImage image) {
    List<ContainerUse.User> users = images.use().ofImage(image.id().toString());
    if (!users.isEmpty()) {
      throw EngineException.conflict(
          "conflict: unable to remove repository reference \"%s\" (must force) - container %s is using its referenced image %s"
              .formatted(
                  reference, Names.shortId(users.get(0).id()), Names.shortId(image.id().hex())));
    }
  }

  private void untag(StoredImage image, List<String> gone, List<Tree> lines) throws IOException {
    List<String> rest = new ArrayList<>(image.names());
    rest.removeAll(gone);
    images.stock().store().rename(image.id(), rest);
    for (String name : gone) {
      String shown = Names.shortened(name);
      lines.add(Tree.of("Untagged", shown));
      images.tell("untag", image.id(), shown);
    }
  }

  /** Deletes an image that has no name, unless somebody needs it; then its parents, if wanted. */
  private void delete(Digest id, boolean prunes, List<Tree> lines) throws IOException {
    Optional<Digest> next = Optional.of(id);
    while (next.isPresent()) {
      Optional<StoredImage> image = images.stock().store().get(next.get());
      if (image.isEmpty() || isNeeded(image.get())) {
        return;
      }
      Optional<Digest> parent = images.provenance(image.get()).flatMap(Provenance::parent);
      images.stock().store().remove(image.get().id());
      lines.add(Tree.of("Deleted", image.get().id().toString()));
      images.tell("delete", image.get().id(), image.get().id().toString());
      next = prunes ? parent : Optional.empty();
    }
  }

  private boolean isNeeded(StoredImage image) {
    return !image.names().isEmpty()
        || !images.use().ofImage(image.id().toString()).isEmpty()
        || images.stock().podsHave(image)
        || !images.children(image.id()).isEmpty();
  }

  /**
   * Removes images that nobody needs.
   *
   * @param all those with names too, that no container has
   */
  synchronized List<Tree> prune(Predicate<StoredImage> wanted, boolean all) throws IOException {
    List<Tree> lines = new ArrayList<>();
    for (StoredImage each : images.stock().store().images()) {
      Optional<StoredImage> image = images.stock().store().get(each.id());
      boolean isFree =
          image.isPresent()
              && images.use().ofImage(each.id().toString()).isEmpty()
              && !images.stock().podsHave(each)
              && images.children(each.id()).isEmpty()
              && wanted.test(image.get());
      if (isFree && (all || image.get().names().isEmpty())) {
        untag(image.get(), image.get().names(), lines);
        delete(each.id(), true, lines);
      }
    }
    return lines;
  }
}
