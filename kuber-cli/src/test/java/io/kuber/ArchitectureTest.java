package io.kuber;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.kuber.PackageTable.Library;
import io.kuber.PackageTable.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the code to {@link PackageTable} and to the few rules that stand beside it. Every rule says
 * how many subjects it had, and fails when it had none: a rule about nothing proves nothing.
 */
class ArchitectureTest {
  private static final String ROOT = "io.kuber.";

  /** Words that name no domain, and so collect what belongs nowhere. */
  private static final Set<String> EMPTY_WORDS =
      Set.of("util", "utils", "common", "impl", "helper", "helpers", "manager", "misc", "base");

  private static final List<Row> ROWS = PackageTable.rows();

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.kuber");
    assertThat(classes).as("classes of kuber on the class path").hasSizeGreaterThan(400);
  }

  @Test
  void rowsNameOnlyRowsAboveThem() {
    Set<String> above = new HashSet<>();
    for (Row row : ROWS) {
      assertThat(above).as("rows above %s", row.name()).containsAll(row.named());
      assertThat(above.add(row.name())).as("%s stands in the table once", row.name()).isTrue();
    }
  }

  @Test
  void coreKnowsNothingOfOtherModules() {
    Set<String> core = new HashSet<>();
    ROWS.stream().filter(row -> row.module().equals("core")).forEach(row -> core.add(row.name()));
    assertThat(core).hasSizeGreaterThan(10);
    for (Row row : ROWS) {
      if (row.module().equals("core")) {
        assertThat(core).as("core, seen from %s", row.name()).containsAll(row.imports());
      }
    }
  }

  @Test
  void everyPackageHasARowAndEveryRowAPackage() {
    Set<String> packages = packages();
    assertThat(packages).allSatisfy(name -> assertThat(rowOf(name)).as(name).isPresent());
    assertThat(ROWS).allSatisfy(row -> assertThat(packages).as(row.name()).anyMatch(row::covers));
  }

  @Test
  void packagesImportOnlyWhatTheirRowNames() {
    Set<String> arrows = new TreeSet<>();
    Set<String> forbidden = new TreeSet<>();
    for (JavaClass from : classes) {
      for (JavaClass to : dependencies(from)) {
        if (!to.getPackageName().startsWith(ROOT) || samePackage(from, to)) {
          continue;
        }
        String arrow = shortName(from) + " -> " + shortName(to);
        arrows.add(arrow);
        Row row = rowOf(shortName(from)).orElseThrow();
        if (rowOf(shortName(to)).filter(row::mayImport).isEmpty()) {
          forbidden.add(arrow + ": " + from.getSimpleName() + " uses " + to.getSimpleName());
        }
      }
    }
    assertThat(arrows).hasSizeGreaterThan(ROWS.size());
    assertThat(forbidden).as("imports that PackageTable does not name").isEmpty();
  }

  @Test
  void librariesStayWhereTheTableHasThem() {
    Set<Library> seen = new HashSet<>();
    Set<String> forbidden = new TreeSet<>();
    for (JavaClass from : classes) {
      for (JavaClass to : dependencies(from)) {
        if (isBelow(to, "io.kuber") || to.isPrimitive() || isUsedEverywhere(to)) {
          continue;
        }
        Optional<Library> library =
            PackageTable.libraries().stream().filter(any -> isBelow(to, any.prefix())).findAny();
        library.ifPresent(seen::add);
        if (library.filter(any -> any.packages().contains(shortName(from))).isEmpty()) {
          forbidden.add(shortName(from) + " uses " + to.getName());
        }
      }
    }
    assertThat(seen).as("libraries in use").containsAll(PackageTable.libraries());
    assertThat(forbidden).as("libraries outside their packages").isEmpty();
  }

  @Test
  void demoApplicationNeedsNothingButTheJdk() {
    Set<JavaClass> used = new HashSet<>();
    for (JavaClass from : classes) {
      if (isBelow(from, "io.kuber.kuard") && !from.getSimpleName().equals("package-info")) {
        used.addAll(dependencies(from));
      }
    }
    assertThat(used).hasSizeGreaterThan(20);
    assertThat(used)
        .as("what io.kuber.kuard uses: it runs in a container that holds a JDK and its own jar")
        .allMatch(
            to ->
                isBelow(to, "io.kuber.kuard")
                    || isBelow(to, "java")
                    || isBelow(to, "javax")
                    || isBelow(to, "com.sun.net.httpserver")
                    || to.isPrimitive());
  }

  @Test
  void coreTakesThreadsTimeAndRandomnessFromTheLoop() {
    Set<String> core = new TreeSet<>();
    ROWS.stream()
        .filter(row -> row.module().equals("core") && !row.name().equals("loop"))
        .forEach(row -> core.add(ROOT + row.name().replace(".*", "..")));
    ArchRule rule =
        noClasses()
            .that()
            .resideInAnyPackage(core.toArray(String[]::new))
            .should()
            .accessTargetWhere(Ambient.uses())
            .because("a simulation replays only what comes from io.kuber.loop");
    rule.check(classes);
    assertThat(
            classes.that(
                DescribedPredicate.describe("loop", type -> isBelow(type, "io.kuber.loop"))))
        .as("the same predicate finds the threads and clocks of io.kuber.loop")
        .anyMatch(type -> type.getAccessesFromSelf().stream().anyMatch(Ambient.uses()));
  }

  @Test
  void onlyCommandsTheDemoAndFailedTestsPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.kuber.cli..", "io.kuber.testkit.junit", "io.kuber.kuard..")
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe("System.out and System.err", ArchitectureTest::prints))
        .check(classes);
    assertThat(classes)
        .as("the same predicate finds the prints of the demo")
        .anyMatch(type -> type.getAccessesFromSelf().stream().anyMatch(ArchitectureTest::prints));
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> unmarked = new ArrayList<>();
    for (String name : packages()) {
      if (!classes.getPackage(ROOT + name).isAnnotatedWith(NullMarked.class)) {
        unmarked.add(name);
      }
    }
    assertThat(unmarked).as("packages without a @NullMarked package-info.java").isEmpty();
  }

  @Test
  void packagesAreNamedByTheirDomain() {
    for (String name : packages()) {
      assertThat(name.split("\\.", -1)).as(name).doesNotContainAnyElementsOf(EMPTY_WORDS);
    }
  }

  @Test
  void classesAreNamedByTheirDomain() {
    assertThat(classes)
        .allSatisfy(
            type ->
                assertThat(type.getSimpleName())
                    .doesNotMatch(".*(Utils?|Helpers?|Managers?|Impl|Misc)"));
  }

  private static boolean prints(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(System.class)
        && (access.getName().equals("out") || access.getName().equals("err"));
  }

  private static boolean isUsedEverywhere(JavaClass type) {
    return PackageTable.EVERYWHERE.stream().anyMatch(prefix -> isBelow(type, prefix))
        || isBelow(type, "com.sun.net.httpserver");
  }

  private static Set<JavaClass> dependencies(JavaClass from) {
    Set<JavaClass> targets = new HashSet<>();
    from.getDirectDependenciesFromSelf()
        .forEach(dependency -> targets.add(dependency.getTargetClass().getBaseComponentType()));
    return targets;
  }

  private static Set<String> packages() {
    Set<String> names = new TreeSet<>();
    classes.forEach(type -> names.add(shortName(type)));
    assertThat(names).as("packages of kuber").hasSizeGreaterThan(30);
    return names;
  }

  private static Optional<Row> rowOf(String packageName) {
    return ROWS.stream().filter(row -> row.covers(packageName)).findFirst();
  }

  private static String shortName(JavaClass type) {
    return type.getPackageName().substring(ROOT.length());
  }

  private static boolean samePackage(JavaClass one, JavaClass other) {
    return one.getPackageName().equals(other.getPackageName());
  }

  private static boolean isBelow(JavaClass type, String prefix) {
    return type.getPackageName().equals(prefix) || type.getPackageName().startsWith(prefix + ".");
  }
}
