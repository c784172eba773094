package io.kuber.testkit.junit;

import io.kuber.testkit.TestClusterOptions;
import io.kuber.testkit.node.stage.StageFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** What a test class wishes of its cluster: the words of its annotation, or its own options. */
final class Options {
  private Options() {}

  /** The options of a class with that annotation. */
  static TestClusterOptions of(Class<?> type, KuberTest wish) throws Exception {
    List<Member> own = new ArrayList<>();
    own.addAll(AnnotationSupport.findAnnotatedFields(type, ClusterOptions.class));
    own.addAll(
        AnnotationSupport.findAnnotatedMethods(
            type, ClusterOptions.class, HierarchyTraversalMode.BOTTOM_UP));
    if (own.isEmpty()) {
      return said(type, wish);
    }
    if (own.size() > 1 || saysSomething(wish)) {
      throw new ExtensionConfigurationException(
          "what the cluster of %s is like is said twice: by %s%s"
              .formatted(type.getSimpleName(), own.get(0).getName(), also(own.size() > 1, own)));
    }
    return value(own.get(0));
  }

  private static String also(boolean twice, List<Member> own) {
    return twice ? " and " + own.get(1).getName() : " and by @KuberTest";
  }

  private static boolean saysSomething(KuberTest wish) {
    return wish.nodes() != 0
        || wish.stages().length > 0
        || !List.of(wish.controllers()).equals(List.of("*"))
        || wish.seed() != KuberTest.SEED;
  }

  private static TestClusterOptions said(Class<?> type, KuberTest wish) throws IOException {
    TestClusterOptions options =
        TestClusterOptions.DEFAULT
            .withNodes(wish.nodes())
            .withControllers(wish.controllers())
            .withSeed(wish.seed());
    for (String file : wish.stages()) {
      options = options.with(StageFile.parse(file, read(type, file)));
    }
    return options;
  }

  private static String read(Class<?> type, String file) throws IOException {
    try (InputStream resource = type.getResourceAsStream(file)) {
      if (resource == null) {
        throw new ExtensionConfigurationException(
            "there is no resource %s beside %s; begin it with a slash to look from the root"
                .formatted(file, type.getName()));
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static TestClusterOptions value(Member member) throws Exception {
    if (!Modifier.isStatic(member.getModifiers())) {
      throw new ExtensionConfigurationException(member.getName() + " has to be static");
    }
    Object value =
        member instanceof Field field
            ? ReflectionSupport.tryToReadFieldValue(field, null).get()
            : ReflectionSupport.invokeMethod((Method) member, null);
    if (value instanceof TestClusterOptions options) {
      return options;
    }
    throw new ExtensionConfigurationException(
        member.getName() + " does not hold TestClusterOptions: " + value);
  }
}
