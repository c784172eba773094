package io.kuber.node.image.store;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.registry.Manifest;
import io.kuber.object.Tree;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * What an image was described by when it came or was made, byte for byte, so that it can go on to
 * others under the same digests.
 *
 * @param config its whole configuration, whose digest is the image's id
 * @param manifest of this one image, which names its layers as they are packed
 * @param parent the image that it was made of; empty for one that came from elsewhere
 * @param step what made it of its parent, for those who look for the same step again; may be empty
 */
public record Provenance(byte[] config, byte[] manifest, Optional<Digest> parent, String step) {
  /** Of an image that came from elsewhere. */
  public static Provenance foreign(byte[] config, byte[] manifest) {
    return new Provenance(config, manifest, Optional.empty(), "");
  }

  /** The manifest as values. */
  public Manifest.Single single() throws IOException {
    if (Manifest.parse(manifest) instanceof Manifest.Single single) {
      return single;
    }
    throw new IOException("the manifest of an image is a list");
  }

  /** The digests of the packed layers. */
  List<Digest> blobs() throws IOException {
    return single().layers().stream().map(layer -> layer.digest()).toList();
  }

  byte[] toJson() {
    Base64.Encoder base64 = Base64.getEncoder();
    return Json.print(
        Tree.of(
            "config",
            base64.encodeToString(config),
            "manifest",
            base64.encodeToString(manifest),
            "parent",
            parent.map(Digest::toString).orElse(""),
            "step",
            step));
  }

  static Provenance ofJson(byte[] json) throws IOException {
    try {
      Tree tree = Json.parse(json);
      Base64.Decoder base64 = Base64.getDecoder();
      String parent = tree.text("parent");
      return new Provenance(
          base64.decode(tree.text("config")),
          base64.decode(tree.text("manifest")),
          parent.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(parent)),
          tree.text("step"));
    } catch (MalformedException | IllegalArgumentException | ClassCastException e) {
      throw new IOException("the provenance of an image is malformed: " + e.getMessage(), e);
    }
  }
}
