package io.kuber.resource.old;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Conversion;

/**
 * Deployments of the beta versions, which differ in their defaults (kubernetes/kubernetes,
 * pkg/apis/extensions/v1beta1/defaults.go, pkg/apis/apps/v1beta1/defaults.go).
 *
 * @param labelled whether selector and labels come from the template
 * @param step how many pods a rolling update may have too few and too many
 * @param history how many old replica sets are kept
 * @param deadline seconds without progress before a rollout counts as failed
 * @param rollback whether {@code spec.rollbackTo} is there
 */
record OldDeployments(boolean labelled, Object step, long history, long deadline, boolean rollback)
    implements Conversion {
  /** Where a later version keeps the wish to roll back. */
  private static final String ROLLBACK = "deprecated.deployment.rollback.to";

  /** Never: neither is history forgotten nor does a rollout fail. */
  private static final long NEVER = Integer.MAX_VALUE;

  static final OldDeployments OF_EXTENSIONS = new OldDeployments(true, 1L, NEVER, NEVER, true);
  static final OldDeployments OF_V1BETA1 = new OldDeployments(true, "25%", 2, 600, true);
  static final OldDeployments OF_V1BETA2 = new OldDeployments(false, "25%", 10, 600, false);

  @Override
  public KubeObject toStored(KubeObject sent) {
    KubeObject complete = labelled ? Template.labelled(sent) : sent;
    complete = Template.or(complete, "RollingUpdate", "spec", "strategy", "type");
    if (complete.spec().text("strategy", "type").equals("RollingUpdate")) {
      complete = Template.or(complete, step, "spec", "strategy", "rollingUpdate", "maxUnavailable");
      complete = Template.or(complete, step, "spec", "strategy", "rollingUpdate", "maxSurge");
    }
    complete = Template.or(complete, history, "spec", "revisionHistoryLimit");
    complete = Template.or(complete, deadline, "spec", "progressDeadlineSeconds");
    if (!complete.spec().has("rollbackTo")) {
      return complete;
    }
    String revision = Long.toString(complete.spec().number(0, "rollbackTo", "revision"));
    return complete
        .without("spec", "rollbackTo")
        .with(revision, "metadata", "annotations", ROLLBACK);
  }

  @Override
  public KubeObject fromStored(KubeObject stored) {
    String revision = stored.annotations().getOrDefault(ROLLBACK, "");
    if (!rollback || !revision.matches("[0-9]{1,18}")) {
      return stored;
    }
    return stored
        .without("metadata", "annotations", ROLLBACK)
        .with(Tree.of("revision", Long.parseLong(revision)), "spec", "rollbackTo");
  }
}
