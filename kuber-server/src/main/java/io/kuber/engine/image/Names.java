package io.kuber.engine.image;

import io.kuber.engine.EngineException;
import io.kuber.node.image.registry.ImageReference;
import io.kuber.node.image.store.StoredImage;
import java.util.List;

/** Names of images as people write and read them. Pure. */
final class Names {
  private Names() {}

  /** Reads a name. */
  static ImageReference parse(String text) {
    try {
      return ImageReference.parse(text);
    } catch (IllegalArgumentException e) {
      throw new EngineException(400, String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads a repository and a tag that come apart, as Docker's clients send them. */
  static ImageReference parse(String repository, String tag) {
    if (tag.isEmpty()) {
      return parse(repository);
    }
    ImageReference bare = parse(repository);
    boolean tagged = repository.lastIndexOf(':') > repository.lastIndexOf('/');
    if (bare.digest().isPresent() || tagged) {
      throw EngineException.malformed("invalid reference format: " + repository + " has a tag");
    }
    return parse(repository + (tag.indexOf(':') >= 0 ? "@" : ":") + tag);
  }

  /** The whole name that the store knows an image by. */
  static String stored(ImageReference name) {
    return name.digest().map(name::with).orElse(name.name() + ":" + name.tag());
  }

  /** A name with a tag or a digest in the short form. */
  static String familiar(ImageReference name) {
    return name.familiarName()
        + name.digest().map(digest -> "@" + digest).orElseGet(() -> ":" + name.tag());
  }

  /** Tags of an image in the short form. */
  static List<String> tags(StoredImage image) {
    return image.names().stream().filter(each -> !isDigest(each)).map(Names::shortened).toList();
  }

  /** Names with digests in the short form. */
  static List<String> digests(StoredImage image) {
    return image.names().stream().filter(Names::isDigest).map(Names::shortened).toList();
  }

  static boolean isDigest(String stored) {
    return stored.indexOf('@') >= 0;
  }

  /** A name of the store in the short form. */
  static String shortened(String stored) {
    return familiar(ImageReference.parse(stored));
  }

  /** Twelve digits of an id or a digest. */
  static String shortId(String digest) {
    String hex = digest.substring(digest.indexOf(':') + 1);
    return hex.substring(0, Math.min(12, hex.length()));
  }
}
