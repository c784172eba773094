package io.kuber.resource.builtin.devices;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Columns;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Kind;
import io.kuber.resource.KindRules;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Trait;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Texts;
import java.util.ArrayList;
import java.util.List;

/** {@code resource.k8s.io/v1 ResourceClaim}. */
final class ResourceClaims implements KindRules {
  /** Pods that may share a claim. */
  private static final int MAX_USERS = 256;

  static final Kind KIND =
      Kind.of(
              Resources.RESOURCE_CLAIMS,
              new ResourceClaims(),
              Columns.none().name().text("State", (claim, now) -> state(claim)).age())
          .with(Trait.STATUS);

  private static final FieldPath RESERVED = FieldPath.ROOT.child("status", "reservedFor");

  private ResourceClaims() {}

  private static String state(KubeObject claim) {
    List<String> states = new ArrayList<>();
    if (claim.isBeingDeleted()) {
      states.add("deleted");
    }
    if (claim.status().has("allocation")) {
      states.add("allocated");
      if (!claim.status().items("reservedFor").isEmpty()) {
        states.add("reserved");
      }
    } else if (!claim.isBeingDeleted()) {
      states.add("pending");
    }
    return String.join(",", states);
  }

  @Override
  public KubeObject defaulted(KubeObject claim) {
    return claim.withChild("spec", ClaimCheck::defaulted);
  }

  @Override
  public void check(KubeObject claim, Problems problems) {
    MetadataCheck.check(claim, Names.SUBDOMAIN, problems);
    ClaimCheck.check(FieldPath.SPEC, claim.spec(), problems);
  }

  @Override
  public void checkUpdate(KubeObject updated, KubeObject old, Problems problems) {
    MetadataCheck.checkUpdate(updated, old, problems);
    MetadataCheck.checkImmutable(FieldPath.SPEC, updated.spec(), old.spec(), problems);
  }

  @Override
  public void checkStatus(KubeObject updated, KubeObject old, Problems problems) {
    List<Tree> users = updated.status().items("reservedFor").trees();
    if (users.size() > MAX_USERS) {
      problems.tooMany(RESERVED, users.size(), MAX_USERS);
    }
    for (int i = 0; i < users.size(); i++) {
      for (String part : new String[] {"resource", "name", "uid"}) {
        Texts.checkSet(RESERVED.index(i), users.get(i), part, problems);
      }
    }
    if (!users.isEmpty() && !updated.status().has("allocation")) {
      problems.forbidden(RESERVED, "may not be specified when `allocated` is not set");
    } else if (updated.isBeingDeleted()
        && !old.status().items("reservedFor").trees().containsAll(users)) {
      problems.forbidden(
          RESERVED,
          "new entries may not be added while `deallocationRequested` or `deletionTimestamp` are"
              + " set");
    }
    if (updated.status().has("allocation") && old.status().has("allocation")) {
      MetadataCheck.checkImmutable(
          FieldPath.ROOT.child("status", "allocation"),
          updated.status().tree("allocation"),
          old.status().tree("allocation"),
          problems);
    }
  }
}
