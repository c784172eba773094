package io.kuber.engine.image;

import io.kuber.container.User;
import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.dockerfile.Expansion;
import io.kuber.engine.dockerfile.Instruction;
import io.kuber.engine.dockerfile.Settings;
import io.kuber.node.image.ImageStock;
import io.kuber.node.image.registry.Digest;
import io.kuber.node.image.store.StoredImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stage of a build on its way: the image so far. Belongs to the build's thread. */
final class Stage {
  final String name;
  final Map<String, String> arguments = new LinkedHashMap<>();
  Settings settings;
  List<Workbench.Layer> layers;
  Optional<StoredImage> image;

  Stage(String name, Settings settings, List<Workbench.Layer> layers, Optional<StoredImage> image) {
    this.name = name;
    this.settings = settings;
    this.layers = List.copyOf(layers);
    this.image = image;
  }

  Optional<Digest> parent() {
    return image.map(StoredImage::id);
  }

  /** The directories of the layers, topmost first. */
  List<Path> directories(ImageStock stock) {
    List<Path> directories = new ArrayList<>();
    layers.forEach(layer -> directories.add(stock.store().directory(layer.stored().digest())));
    Collections.reverse(directories);
    return directories;
  }

  FileView view(ImageStock stock) {
    return new FileView(directories(stock));
  }

  /** What {@code $x} stands for: the image's environment, which arguments do not override. */
  Map<String, String> variables() {
    Map<String, String> all = new LinkedHashMap<>(arguments);
    all.putAll(settings.environment());
    return all;
  }

  /** A word of a step, with what its variables stand for. */
  String expand(Instruction step, String word) throws DockerfileException {
    try {
      return Expansion.expand(word, settings.escape(), variables());
    } catch (DockerfileException e) {
      throw step.fault(String.valueOf(e.getMessage()));
    }
  }

  /** The numbers of a user that a step names, as files of the image know it. */
  User user(ImageStock stock, Instruction step, String text)
      throws DockerfileException, IOException {
    if (text.isEmpty()) {
      return User.ROOT;
    }
    String numbers = stock.userNumbers(text, directories(stock));
    if (!numbers.matches("[0-9]{1,9}:[0-9]{1,9}")) {
      throw step.fault("unable to find user " + text + ": no matching entries in passwd file");
    }
    int colon = numbers.indexOf(':');
    return new User(
        Integer.parseInt(numbers.substring(0, colon)),
        Integer.parseInt(numbers.substring(colon + 1)),
        List.of());
  }
}
