package io.kuber.fairness;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.flowcontrol.InitialFlows;
import io.kuber.store.Image;
import io.kuber.store.Stored;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What is to be written so that the objects that every cluster has are there, and each flow schema
 * says whether its level is (apiserver, pkg/registry/flowcontrol/ensurer and
 * pkg/util/flowcontrol/apf_controller.go). Pure.
 *
 * <p>Of the mandatory objects the spec is always set right, but for the exempt level's own share;
 * of the suggested ones unless their annotation says {@code false}. One without the annotation
 * counts as people's own as soon as anybody has changed its spec.
 */
public final class FlowRepairs {
  private static final String DANGLING = "Dangling";

  private FlowRepairs() {}

  /** What to write, in this order; nothing where all is well. */
  public static List<FlowRepair> plan(Image image, Instant now) {
    List<FlowRepair> plan = new ArrayList<>();
    for (KubeObject level : InitialFlows.levels()) {
      repair(image, Resources.PRIORITY_LEVEL_CONFIGURATIONS, level, plan);
    }
    for (KubeObject schema : InitialFlows.schemas()) {
      repair(image, Resources.FLOW_SCHEMAS, schema, plan);
    }
    Iterator<Stored> schemas = image.scan(Resources.FLOW_SCHEMAS.qualifiedName(), "", null);
    while (schemas.hasNext()) {
      tell(image, schemas.next().object(), now, plan);
    }
    return plan;
  }

  private static void repair(
      Image image, ResourceType type, KubeObject wanted, List<FlowRepair> plan) {
    Stored stored = image.get(type.keyOf(wanted));
    if (stored == null) {
      plan.add(new FlowRepair.Create(wanted));
      return;
    }
    KubeObject there = stored.object();
    boolean isOurs = InitialFlows.isMandatory(wanted) || isKept(there);
    KubeObject mended =
        there.with(Boolean.toString(isOurs), "metadata", "annotations", InitialFlows.AUTO_UPDATE);
    if (isOurs) {
      mended = mended.with(spec(wanted, there), "spec");
    }
    if (!mended.equals(there)) {
      plan.add(new FlowRepair.Update(mended));
    }
  }

  /** Administrators may give the exempt level a share. */
  private static Tree spec(KubeObject wanted, KubeObject there) {
    return wanted.spec().has("exempt") && there.spec().has("exempt")
        ? wanted.spec().with("exempt", there.spec().tree("exempt"))
        : wanted.spec();
  }

  private static boolean isKept(KubeObject object) {
    String said = object.annotations().get(InitialFlows.AUTO_UPDATE);
    return said == null ? object.generation() == 1 : said.equals("true");
  }

  private static void tell(Image image, KubeObject schema, Instant now, List<FlowRepair> plan) {
    String level = schema.spec().text("priorityLevelConfiguration", "name");
    boolean isThere = image.get(Resources.PRIORITY_LEVEL_CONFIGURATIONS.key("", level)) != null;
    String status = isThere ? "False" : "True";
    List<Object> conditions = new ArrayList<>();
    for (Tree condition : schema.status().items("conditions").trees()) {
      if (!condition.text("type").equals(DANGLING)) {
        conditions.add(condition);
      } else if (condition.text("status").equals(status)) {
        return;
      }
    }
    String first = "This FlowSchema references the PriorityLevelConfiguration object named ";
    conditions.add(
        Tree.of(
            "type",
            DANGLING,
            "status",
            status,
            "lastTransitionTime",
            now.truncatedTo(ChronoUnit.SECONDS).toString(),
            "reason",
            isThere ? "Found" : "NotFound",
            "message",
            first
                + '"'
                + level
                + '"'
                + (isThere ? " and it exists" : " but there is no such object")));
    plan.add(new FlowRepair.Status(schema.with(Items.copyOf(conditions), "status", "conditions")));
  }
}
