package io.kuber.fairness;

import io.kuber.access.User;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whom a rule is about. Accounts are kept as the names that they have as users.
 *
 * @param everybody whether the user {@code *} is among them
 * @param accountsOf the beginnings of the names of all accounts of a namespace
 */
record Subjects(boolean everybody, Set<String> users, Set<String> groups, List<String> accountsOf) {

  static Subjects of(List<Tree> subjects) {
    Set<String> users = new HashSet<>();
    Set<String> groups = new HashSet<>();
    List<String> accountsOf = new ArrayList<>();
    for (Tree subject : subjects) {
      switch (subject.text("kind")) {
        case "User" -> users.add(subject.text("user", "name"));
        case "Group" -> groups.add(subject.text("group", "name"));
        default -> {
          Tree account = subject.tree("serviceAccount");
          String name = account.text("name");
          if (name.equals("*")) {
            accountsOf.add(User.serviceAccountName(account.text("namespace"), ""));
          } else {
            users.add(User.serviceAccountName(account.text("namespace"), name));
          }
        }
      }
    }
    return new Subjects(
        users.contains("*"), Set.copyOf(users), Set.copyOf(groups), List.copyOf(accountsOf));
  }

  boolean have(User user) {
    return everybody
        || users.contains(user.name())
        || groups.contains("*")
        || isInGroup(user)
        || isAccount(user);
  }

  private boolean isInGroup(User user) {
    for (String group : user.groups()) {
      if (groups.contains(group)) {
        return true;
      }
    }
    return false;
  }

  private boolean isAccount(User user) {
    for (String prefix : accountsOf) {
      if (user.name().startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
