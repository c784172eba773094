package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import java.util.List;

/** What is wrong with how a pod looks up names. */
final class DnsCheck {
  private static final int MOST_SERVERS = 3;
  private static final int MOST_SEARCHES = 32;
  private static final int MOST_CHARACTERS = 2048;

  private static final List<String> POLICIES =
      List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");

  private DnsCheck() {}

  static void check(FieldPath path, Tree spec, Problems problems) {
    Numbers.checkOneOf(path, spec, "dnsPolicy", POLICIES, problems);
    FieldPath field = path.child("dnsConfig");
    Tree config = spec.tree("dnsConfig");
    if (spec.text("dnsPolicy").equals("None") && config.items("nameservers").isEmpty()) {
      if (spec.has("dnsConfig")) {
        problems.required(
            field.child("nameservers"),
            "must provide at least one DNS nameserver when `dnsPolicy` is None");
      } else {
        problems.required(field, "must provide `dnsConfig` when `dnsPolicy` is None");
      }
    }
    checkServers(field.child("nameservers"), config, problems);
    checkSearches(field.child("searches"), config, problems);
    List<Tree> options = config.items("options").trees();
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).text("name").isEmpty()) {
        problems.required(field.child("options").index(i), "must not be empty");
      }
    }
    checkAliases(path.child("hostAliases"), spec.items("hostAliases").trees(), problems);
  }

  private static void checkServers(FieldPath path, Tree config, Problems problems) {
    List<String> servers = config.items("nameservers").texts();
    if (servers.size() > MOST_SERVERS) {
      problems.invalid(
          path,
          config.items("nameservers"),
          "must not have more than " + MOST_SERVERS + " nameservers");
    }
    for (int i = 0; i < servers.size(); i++) {
      Addresses.check(path.index(i), servers.get(i), problems);
    }
  }

  private static void checkSearches(FieldPath path, Tree config, Problems problems) {
    List<String> searches = config.items("searches").texts();
    if (searches.size() > MOST_SEARCHES) {
      problems.invalid(
          path,
          config.items("searches"),
          "must not have more than " + MOST_SEARCHES + " search paths");
    }
    if (String.join(" ", searches).length() > MOST_CHARACTERS) {
      problems.invalid(
          path,
          config.items("searches"),
          "must not have more than "
              + MOST_CHARACTERS
              + " characters (including spaces) in the search list");
    }
    for (int i = 0; i < searches.size(); i++) {
      String search = searches.get(i);
      String domain = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
      if (!search.equals(".")) {
        Names.SUBDOMAIN.check(path.index(i), domain.replace('_', '-'), problems);
      }
    }
  }

  private static void checkAliases(FieldPath path, List<Tree> aliases, Problems problems) {
    for (int i = 0; i < aliases.size(); i++) {
      Addresses.check(path.index(i).child("ip"), aliases.get(i).text("ip"), problems);
      List<String> names = aliases.get(i).items("hostnames").texts();
      for (int j = 0; j < names.size(); j++) {
        Names.SUBDOMAIN.check(path.index(i).child("hostnames").index(j), names.get(j), problems);
      }
    }
  }
}
