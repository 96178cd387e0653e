package io.riacho.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a {@code Principal} or {@code NotPrincipal} element. */
final class PrincipalReader {

    private static final Set<String> TYPES = Set.of("AWS", "Service", "Federated");

    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final Pattern ROOT = Pattern.compile("arn:aws[a-z-]{0,16}:iam::(\\d{12}):root");
    private static final Pattern IDENTITY =
            Pattern.compile("arn:aws[a-z-]{0,16}:iam::\\d{12}:(user|role)/[!-~&&[^*?]]{1,576}");
    private static final Pattern SESSION = Pattern.compile(
            "arn:aws[a-z-]{0,16}:sts::\\d{12}:(assumed-role/[\\w+=,.@-]{1,64}/[\\w+=,.@-]{2,64}|federated-user/[\\w+=,.@-]{2,32})");
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,253}[A-Za-z0-9])?");
    private static final Pattern PROVIDER =
            Pattern.compile("arn:aws[a-z-]{0,16}:iam::\\d{12}:(saml|oidc)-provider/[!-~&&[^*?]]{1,255}");

    private final PolicyErrors errors;
    private final Set<String> accounts = new HashSet<>();
    private final Set<String> arns = new HashSet<>();
    private final Set<String> services = new HashSet<>();
    private final Set<String> providers = new HashSet<>();
    private boolean everyone;

    PrincipalReader(PolicyErrors errors) {
        this.errors = errors;
    }

    PrincipalElement read(Json.Member member) {
        switch (member.value()) {
            case Json.Text(var _, String text) when text.equals("*") -> everyone = true;
            case Json.Obj(SourcePosition at, var _, List<Json.Member> types) -> {
                if (types.isEmpty()) {
                    errors.add(at, "Invalid principal in policy: no principal is named");
                }
                types.forEach(this::readType);
            }
            default -> errors.add(member.value().at(), "Invalid principal in policy: it must be \"*\" or an object");
        }
        return new PrincipalElement(
                member.name().equals("NotPrincipal"), everyone, accounts, arns, services, providers);
    }

    private void readType(Json.Member type) {
        if (type.name().equals("CanonicalUser")) {
            errors.add(type.at(), "Invalid principal in policy: CanonicalUser is not supported");
            return;
        }
        if (!TYPES.contains(type.name())) {
            PolicyReader.unknown(type, TYPES, errors);
            return;
        }
        List<Json> items = Json.items(type.value());
        if (items.isEmpty()) {
            errors.add(type.value().at(), "Invalid principal in policy: no principal is named");
        }
        for (Json item : items) {
            if (!(item instanceof Json.Text(SourcePosition at, String text))) {
                errors.syntax(item.at(), "A principal must be a string");
            } else if (!add(type.name(), text)) {
                errors.add(
                        at,
                        "Invalid principal in policy: \"" + type.name() + "\":\"" + PolicyErrors.shorten(text) + "\"");
            }
        }
    }

    private boolean add(String type, String text) {
        boolean isDomain = DOMAIN.matcher(text).matches();
        switch (type) {
            case "AWS" -> {
                return addAws(text);
            }
            case "Service" -> {
                services.add(text);
                return isDomain;
            }
            default -> {
                providers.add(text);
                return isDomain || PROVIDER.matcher(text).matches();
            }
        }
    }

    private boolean addAws(String text) {
        if (text.equals("*")) {
            everyone = true;
            return true;
        }
        if (ACCOUNT.matcher(text).matches()) {
            accounts.add(text);
            return true;
        }
        var root = ROOT.matcher(text);
        if (root.matches()) {
            accounts.add(root.group(1));
            return true;
        }
        if (IDENTITY.matcher(text).matches() || SESSION.matcher(text).matches()) {
            arns.add(text);
            return true;
        }
        return false;
    }
}
