package io.kuber.resource.builtin.devices;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a claim for devices may say (pkg/apis/resource/validation). */
final class ClaimCheck {
  private static final int MAX_ENTRIES = 32;
  private static final int MAX_ALTERNATIVES = 8;
  private static final int MAX_EXPRESSION = 10 << 10;
  private static final List<String> MODES = List.of("All", "ExactCount");
  private static final String WRONG_REQUEST =
      "must be the name of a request in the claim or the name of a request and a subrequest"
          + " separated by '/'";

  private ClaimCheck() {}

  /** Reports what is wrong with the spec of a claim, wherever it stands. */
  static void check(FieldPath spec, Tree claim, Problems problems) {
    FieldPath field = spec.child("devices");
    Tree devices = claim.tree("devices");
    Set<String> names = requests(devices);
    List<Tree> requests = devices.items("requests").trees();
    checkCount(field.child("requests"), requests.size(), MAX_ENTRIES, problems);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < requests.size(); i++) {
      FieldPath path = field.child("requests").index(i);
      checkRequest(path, requests.get(i), problems);
      if (!seen.add(requests.get(i).text("name"))) {
        problems.duplicate(path.child("name"), requests.get(i).text("name"));
      }
    }
    List<Tree> constraints = devices.items("constraints").trees();
    checkCount(field.child("constraints"), constraints.size(), MAX_ENTRIES, problems);
    for (int i = 0; i < constraints.size(); i++) {
      FieldPath path = field.child("constraints").index(i);
      checkReferences(path, constraints.get(i), names, problems);
      if (!constraints.get(i).has("matchAttribute")
          && !constraints.get(i).has("distinctAttribute")) {
        problems.required(path.child("matchAttribute"), "");
      }
    }
    checkConfig(field.child("config"), devices.items("config"), names, problems);
  }

  private static Set<String> requests(Tree devices) {
    Set<String> names = new HashSet<>();
    for (Tree request : devices.items("requests").trees()) {
      names.add(request.text("name"));
      for (Tree part : request.items("firstAvailable").trees()) {
        names.add(request.text("name") + "/" + part.text("name"));
      }
    }
    return names;
  }

  private static void checkRequest(FieldPath field, Tree request, Problems problems) {
    Texts.checkSet(field, request, "name", Names.LABEL, problems);
    List<Tree> alternatives = request.items("firstAvailable").trees();
    if (request.has("exactly") && !alternatives.isEmpty()) {
      problems.invalid(
          field,
          request,
          "exactly one of `exactly` or `firstAvailable` is required, but multiple fields are set");
    } else if (request.has("exactly")) {
      checkExact(field.child("exactly"), request.tree("exactly"), problems);
    } else if (alternatives.isEmpty()) {
      problems.required(field, "exactly one of `exactly` or `firstAvailable` is required");
    }
    FieldPath list = field.child("firstAvailable");
    checkCount(list, alternatives.size(), MAX_ALTERNATIVES, problems);
    for (int i = 0; i < alternatives.size(); i++) {
      Texts.checkSet(list.index(i), alternatives.get(i), "name", Names.LABEL, problems);
      checkExact(list.index(i), alternatives.get(i), problems);
    }
  }

  private static void checkExact(FieldPath field, Tree exact, Problems problems) {
    Texts.checkSet(field, exact, "deviceClassName", Names.SUBDOMAIN, problems);
    checkSelectors(field, exact, problems);
    String mode = exact.text("allocationMode");
    long count = exact.number(0, "count");
    Texts.checkOneOf(field, exact, "allocationMode", MODES, problems);
    if (mode.equals("All") && count != 0) {
      problems.invalid(
          field.child("count"), count, "must not be specified when allocationMode is 'All'");
    } else if (mode.equals("ExactCount") && count <= 0) {
      problems.invalid(field.child("count"), count, "must be greater than zero");
    }
  }

  /** Reports what is wrong with {@code selectors}. */
  static void checkSelectors(FieldPath field, Tree tree, Problems problems) {
    List<Tree> selectors = tree.items("selectors").trees();
    checkCount(field.child("selectors"), selectors.size(), MAX_ENTRIES, problems);
    for (int i = 0; i < selectors.size(); i++) {
      FieldPath cel = field.child("selectors").index(i).child("cel");
      if (!selectors.get(i).has("cel")) {
        problems.required(cel, "");
      } else if (selectors.get(i).text("cel", "expression").length() > MAX_EXPRESSION) {
        problems.tooLong(cel.child("expression"), MAX_EXPRESSION);
      }
    }
  }

  /** Reports what is wrong with {@code config}; requests that it names have to be in the set. */
  static void checkConfig(FieldPath field, Items config, Set<String> names, Problems problems) {
    checkCount(field, config.size(), MAX_ENTRIES, problems);
    for (int i = 0; i < config.size(); i++) {
      checkReferences(field.index(i), config.tree(i), names, problems);
      FieldPath opaque = field.index(i).child("opaque");
      if (!config.tree(i).has("opaque")) {
        problems.required(opaque, "");
        continue;
      }
      Tree parameters = config.tree(i).tree("opaque");
      Texts.checkSet(opaque, parameters, "driver", Names.SUBDOMAIN, problems);
      if (!parameters.has("parameters")) {
        problems.required(opaque.child("parameters"), "");
      }
    }
  }

  private static void checkReferences(
      FieldPath field, Tree tree, Set<String> names, Problems problems) {
    List<String> requests = tree.items("requests").texts();
    for (int i = 0; i < requests.size(); i++) {
      if (!names.contains(requests.get(i))) {
        problems.invalid(field.child("requests").index(i), requests.get(i), WRONG_REQUEST);
      }
    }
    Texts.checkUnique(field.child("requests"), requests, problems);
  }

  private static void checkCount(FieldPath field, int count, int most, Problems problems) {
    if (count > most) {
      problems.tooMany(field, count, most);
    }
  }

  /** The spec of a claim with all that is left out (pkg/apis/resource/v1/defaults.go). */
  static Tree defaulted(Tree claim) {
    return claim.withChild(
        "devices",
        devices ->
            devices.withEach(
                "requests",
                request ->
                    request
                        .withChild("exactly", ClaimCheck::counted)
                        .withEach("firstAvailable", ClaimCheck::counted)));
  }

  private static Tree counted(Tree exact) {
    Tree moded = exact.withDefault("allocationMode", "ExactCount");
    Tree counted =
        moded.text("allocationMode").equals("ExactCount") && moded.number(0, "count") == 0
            ? moded.with("count", 1L)
            : moded;
    return counted.withEach("tolerations", t -> t.withDefault("operator", "Equal"));
  }
}
