package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.ClaimCheck;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Paths;
import io.kuber.resource.check.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the data of volumes comes from: one table, a rule for each type of source. */
public final class VolumeSourceCheck {
  /** What is wrong with a source of one type. */
  @FunctionalInterface
  interface Rule {
    /** Nothing can be wrong. */
    Rule NONE = (path, source, problems) -> {};

    void check(FieldPath path, Tree source, Problems problems);

    /** This, and then the other. */
    default Rule and(Rule other) {
      return (path, source, problems) -> {
        check(path, source, problems);
        other.check(path, source, problems);
      };
    }
  }

  private static final List<String> HOST_PATH_TYPES =
      List.of(
          "",
          "BlockDevice",
          "CharDevice",
          "Directory",
          "DirectoryOrCreate",
          "File",
          "FileOrCreate",
          "Socket");

  /** In the order in which the second of two sources is refused. */
  private static final Map<String, Rule> RULES = rules();

  private VolumeSourceCheck() {}

  private static Map<String, Rule> rules() {
    Map<String, Rule> rules = new LinkedHashMap<>();
    rules.put("emptyDir", EmptyDirCheck::check);
    rules.put("hostPath", VolumeSourceCheck::hostPath);
    rules.put("gitRepo", needs("repository").and(descending("directory")));
    rules.put("gcePersistentDisk", needs("pdName").and(within("partition", 255)));
    rules.put("awsElasticBlockStore", needs("volumeID").and(within("partition", 255)));
    rules.put("secret", needs("secretName").and(ProjectionCheck::checkKeys));
    rules.put("nfs", needs("server", "path").and(VolumeSourceCheck::nfs));
    rules.put("iscsi", needs("targetPortal", "iqn").and(within("lun", 255)));
    rules.put("glusterfs", needs("endpoints", "path"));
    rules.put("flocker", VolumeSourceCheck::flocker);
    rules.put("persistentVolumeClaim", needs("claimName"));
    rules.put("rbd", needsItems("monitors").and(needs("image")));
    rules.put("cinder", needs("volumeID"));
    rules.put("cephfs", needsItems("monitors"));
    rules.put("quobyte", needs("registry", "volume"));
    rules.put("downwardAPI", ProjectionCheck::checkDownward);
    rules.put("fc", VolumeSourceCheck::fibreChannel);
    rules.put("flexVolume", needs("driver"));
    rules.put("configMap", needs("name").and(ProjectionCheck::checkKeys));
    rules.put("azureFile", needs("secretName", "shareName"));
    rules.put("vsphereVolume", needs("volumePath"));
    rules.put("photonPersistentDisk", needs("pdID"));
    rules.put("portworxVolume", needs("volumeID"));
    rules.put("azureDisk", needs("diskName", "diskURI"));
    rules.put("storageos", needs("volumeName"));
    rules.put("projected", ProjectionCheck::checkProjected);
    rules.put("scaleIO", needs("gateway", "system", "volumeName"));
    rules.put("csi", VolumeSourceCheck::csi);
    rules.put("ephemeral", VolumeSourceCheck::ephemeral);
    rules.put("image", VolumeSourceCheck::image);
    rules.put("local", needs("path").and(noBacksteps("path")));
    return rules;
  }

  /** Reports sources that are too many, too few, or wrong; other fields are left alone. */
  public static void check(FieldPath path, Tree volume, Problems problems) {
    boolean any = false;
    for (Map.Entry<String, Rule> rule : RULES.entrySet()) {
      String type = rule.getKey();
      if (!volume.has(type)) {
        continue;
      }
      if (any) {
        problems.forbidden(path.child(type), "may not specify more than 1 volume type");
      } else {
        rule.getValue().check(path.child(type), volume.tree(type), problems);
      }
      any = true;
    }
    if (!any) {
      problems.required(path, "must specify a volume type");
    }
  }

  /** Whether a field of that name is a source. */
  public static boolean isSource(String field) {
    return RULES.containsKey(field);
  }

  private static Rule needs(String... fields) {
    return (path, source, problems) -> {
      for (String field : fields) {
        Texts.checkSet(path, source, field, problems);
      }
    };
  }

  private static Rule needsItems(String field) {
    return (path, source, problems) -> {
      if (source.items(field).isEmpty()) {
        problems.required(path.child(field), "");
      }
    };
  }

  private static Rule within(String field, long most) {
    return (path, source, problems) -> {
      long number = source.number(0, field);
      if (number < 0 || number > most) {
        String least = field.equals("partition") ? "1" : "0";
        problems.invalid(
            path.child(field), number, "must be between " + least + " and " + most + ", inclusive");
      }
    };
  }

  private static Rule descending(String field) {
    return (path, source, problems) ->
        Paths.checkDescending(path.child(field), source.text(field), problems);
  }

  private static Rule noBacksteps(String field) {
    return (path, source, problems) ->
        Paths.checkNoBacksteps(path.child(field), source.text(field), problems);
  }

  private static void hostPath(FieldPath path, Tree source, Problems problems) {
    if (source.text("path").isEmpty()) {
      problems.required(path.child("path"), "");
      return;
    }
    Paths.checkNoBacksteps(path.child("path"), source.text("path"), problems);
    Texts.checkOneOf(path, source, "type", HOST_PATH_TYPES, problems);
  }

  private static void nfs(FieldPath path, Tree source, Problems problems) {
    if (!source.text("path").startsWith("/")) {
      problems.invalid(path.child("path"), source.text("path"), "must be an absolute path");
    }
  }

  private static void flocker(FieldPath path, Tree source, Problems problems) {
    boolean name = !source.text("datasetName").isEmpty();
    boolean uuid = !source.text("datasetUUID").isEmpty();
    if (!name && !uuid) {
      problems.required(path, "one of datasetName and datasetUUID is required");
    } else if (name && uuid) {
      problems.invalid(
          path, "resource", "datasetName and datasetUUID can not be specified simultaneously");
    }
  }

  private static void fibreChannel(FieldPath path, Tree source, Problems problems) {
    boolean targets = !source.items("targetWWNs").isEmpty();
    boolean ids = !source.items("wwids").isEmpty();
    FieldPath field = path.child("targetWWNs");
    if (!targets && !ids) {
      problems.required(field, "must specify either targetWWNs or wwids, but not both");
    } else if (targets && ids) {
      problems.invalid(
          field,
          source.items("targetWWNs"),
          "targetWWNs and wwids can not be specified simultaneously");
    }
    if (targets && !source.has("lun")) {
      problems.required(path.child("lun"), "lun is required if targetWWNs is specified");
    }
  }

  private static void csi(FieldPath path, Tree source, Problems problems) {
    Texts.checkDriver(path.child("driver"), source.text("driver"), problems);
    if (source.has("nodePublishSecretRef")) {
      Texts.checkSet(
          path.child("nodePublishSecretRef"),
          source.tree("nodePublishSecretRef"),
          "name",
          Names.SUBDOMAIN,
          problems);
    }
  }

  private static void ephemeral(FieldPath path, Tree source, Problems problems) {
    FieldPath field = path.child("volumeClaimTemplate");
    if (!source.has("volumeClaimTemplate")) {
      problems.required(field, "");
      return;
    }
    Tree template = source.tree("volumeClaimTemplate");
    Tree metadata = template.tree("metadata");
    FieldPath names = field.child("metadata");
    MetadataCheck.checkAnnotations(
        names.child("annotations"), metadata.tree("annotations").texts(), problems);
    MetadataCheck.checkLabels(names.child("labels"), metadata.tree("labels").texts(), problems);
    metadata.forEach(
        (name, value) -> {
          if (!name.equals("labels") && !name.equals("annotations")) {
            problems.forbidden(names.child(name), "cannot be set");
          }
        });
    ClaimCheck.check(field.child("spec"), template.tree("spec"), problems);
  }

  private static void image(FieldPath path, Tree source, Problems problems) {
    if (source.text("reference").isEmpty()) {
      problems.required(path.child("reference"), "");
    }
    Texts.checkOneOf(
        path, source, "pullPolicy", List.of("Always", "IfNotPresent", "Never"), problems);
  }
}
