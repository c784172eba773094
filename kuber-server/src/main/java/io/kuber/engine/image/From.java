package io.kuber.engine.image;

import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.dockerfile.Instruction;
import io.kuber.engine.dockerfile.Words;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What {@code FROM} says.
 *
 * @param name of the stage, in small letters; empty for none
 */
record From(String image, String name, String platform) {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-_.]*");

  static From parse(Instruction step) throws DockerfileException {
    String platform = step.flags(Set.of("platform")).getOrDefault("platform", "");
    List<String> words = Words.plain(step.rest());
    if (words.size() == 1) {
      return new From(words.get(0), "", platform);
    }
    if (words.size() != 3 || !words.get(1).equalsIgnoreCase("AS")) {
      throw step.fault("FROM requires either one or three arguments");
    }
    String name = words.get(2).toLowerCase(Locale.ROOT);
    if (!NAME.matcher(name).matches() || name.equals("scratch")) {
      throw step.fault("invalid name for build stage: \"" + words.get(2) + "\"");
    }
    return new From(words.get(0), name, platform);
  }
}
