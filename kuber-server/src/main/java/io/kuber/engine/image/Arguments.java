package io.kuber.engine.image;

import io.kuber.engine.dockerfile.DockerfileException;
import io.kuber.engine.dockerfile.Expansion;
import io.kuber.engine.dockerfile.Instruction;
import io.kuber.engine.dockerfile.Words;
import io.kuber.node.image.registry.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What {@code ARG} declares. Pure. */
final class Arguments {
  private Arguments() {}

  /**
   * The values that an {@code ARG} gives; a name without any has none.
   *
   * @param global those declared before the first {@code FROM}
   * @param given on the command line
   * @param consumed gets the names of those that were given
   */
  static Map<String, String> declare(
      Instruction step,
      char escape,
      Map<String, String> variables,
      Map<String, String> global,
      Map<String, String> given,
      Set<String> consumed)
      throws DockerfileException {
    step.needsArguments();
    Map<String, String> declared = new LinkedHashMap<>();
    for (String word : Words.quoted(step.rest(), escape)) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (name.isEmpty()) {
        throw step.fault("ARG names can not be blank");
      }
      String own = given.get(name);
      String inherited = global.get(name);
      if (own != null) {
        consumed.add(name);
        declared.put(name, own);
      } else if (equals >= 0) {
        try {
          declared.put(name, Expansion.expand(word.substring(equals + 1), escape, variables));
        } catch (DockerfileException e) {
          throw step.fault(String.valueOf(e.getMessage()));
        }
      } else if (inherited != null) {
        declared.put(name, inherited);
      }
    }
    return declared;
  }

  /** Variables and the platforms that {@code FROM --platform} may name. */
  static Map<String, String> withPlatform(Map<String, String> variables) {
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.put("BUILDPLATFORM", Platform.host().toString());
    all.put("TARGETPLATFORM", Platform.host().toString());
    return all;
  }
}
