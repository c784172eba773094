package io.kuber.controller.customresource;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that a definition gets, of those that it asks for: within a group nobody takes names
 * that another definition was given (upstream: naming_controller.go).
 *
 * @param names for {@code status.acceptedNames}
 * @param reason why not all were given, in one word; {@code NoConflicts} where all were
 * @param message for people
 */
record AcceptedNames(Tree names, String reason, String message) {
  private static final String NO_CONFLICTS = "NoConflicts";

  boolean areAll() {
    return reason.equals(NO_CONFLICTS);
  }

  /** Decides for one definition among all that there are. */
  static AcceptedNames of(KubeObject definition, List<KubeObject> all) {
    Claims claims = new Claims(definition, all);
    claims.claim("plural", "PluralConflict", claims.resources);
    claims.claim("singular", "SingularConflict", claims.resources);
    claims.claimShortNames();
    claims.claim("kind", "KindConflict", claims.kinds);
    claims.claim("listKind", "ListKindConflict", claims.kinds);
    return claims.result();
  }

  /** One decision in the making. */
  private static final class Claims {
    final Set<String> resources = new HashSet<>();
    final Set<String> kinds = new HashSet<>();
    private final Tree wanted;
    private Tree given;
    private String reason = NO_CONFLICTS;
    private String message = "no conflicts found";

    Claims(KubeObject definition, List<KubeObject> all) {
      wanted = definition.spec().tree("names");
      given = definition.status().tree("acceptedNames");
      String group = definition.spec().text("group");
      for (KubeObject other : all) {
        if (!other.name().equals(definition.name()) && other.spec().text("group").equals(group)) {
          Tree taken = other.status().tree("acceptedNames");
          resources.add(taken.text("plural"));
          resources.add(taken.text("singular"));
          resources.addAll(taken.items("shortNames").texts());
          kinds.add(taken.text("kind"));
          kinds.add(taken.text("listKind"));
        }
      }
      resources.remove("");
      kinds.remove("");
    }

    void claim(String name, String conflict, Set<String> taken) {
      String asked = wanted.text(name);
      if (!asked.equals(given.text(name)) && taken.contains(asked)) {
        refuse(conflict, List.of(asked));
      } else if (!asked.isEmpty()) {
        given = given.with(name, asked);
      }
    }

    void claimShortNames() {
      List<String> mine = given.items("shortNames").texts();
      List<String> conflicts = new ArrayList<>(wanted.items("shortNames").texts());
      conflicts.removeIf(name -> mine.contains(name) || !resources.contains(name));
      if (conflicts.isEmpty()) {
        put("shortNames");
      } else {
        refuse("ShortNamesConflict", conflicts);
      }
    }

    private void put(String name) {
      Items asked = wanted.items(name);
      given = asked.isEmpty() ? given.without(name) : given.with(name, asked);
    }

    private void refuse(String conflict, List<String> names) {
      List<String> texts = names.stream().map(name -> '"' + name + "\" is already in use").toList();
      reason = conflict;
      message = texts.size() == 1 ? texts.get(0) : "[" + String.join(", ", texts) + "]";
    }

    AcceptedNames result() {
      put("categories");
      return new AcceptedNames(given, reason, message);
    }
  }
}
