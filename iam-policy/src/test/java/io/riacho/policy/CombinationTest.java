package io.riacho.policy;

import static io.riacho.policy.Requests.ACCOUNT;
import static io.riacho.policy.Requests.OTHER_ACCOUNT;
import static io.riacho.policy.Requests.SESSION;
import static io.riacho.policy.Requests.USER;
import static io.riacho.policy.Requests.allowAll;
import static io.riacho.policy.Requests.allowNothing;
import static io.riacho.policy.Requests.allowTo;
import static io.riacho.policy.Requests.decide;
import static io.riacho.policy.Requests.policy;
import static io.riacho.policy.Requests.putRecord;
import static io.riacho.policy.Requests.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How policies of several kinds decide together, by IAM's page "Policy evaluation logic". */
class CombinationTest {

    private static final String ACCOUNT_PRINCIPAL = "{'AWS':'" + ACCOUNT + "'}";
    private static final String ROLE_PRINCIPAL = "{'AWS':'arn:aws:iam::" + ACCOUNT + ":role/app/writer'}";
    private static final Principal FEDERATED_USER = Principal.federatedUser(
            "arn:aws:sts::" + ACCOUNT + ":federated-user/web", "arn:aws:iam::" + ACCOUNT + ":user/carlos");
    private static final Principal ROOT = Principal.root(ACCOUNT);

    private static final List<NamedPolicy> IDENTITY_ALLOWS = List.of(allowAll(PolicyKind.IDENTITY));
    private static final List<NamedPolicy> BOUNDARY_ALLOWS = List.of(allowAll(PolicyKind.BOUNDARY));
    private static final List<NamedPolicy> BOUNDARY_LACKS = List.of(allowNothing(PolicyKind.BOUNDARY));
    private static final List<NamedPolicy> SESSION_ALLOWS = List.of(allowAll(PolicyKind.SESSION));
    private static final List<NamedPolicy> SESSION_LACKS = List.of(allowNothing(PolicyKind.SESSION));
    private static final PolicySet IDENTITY = PolicySet.ofIdentity(IDENTITY_ALLOWS);

    private static void allows(Principal principal, PolicySet policies, @Nullable PolicyKind by) {
        Decision decision = decide(putRecord(principal), policies);
        assertThat(decision.outcome()).isEqualTo(Decision.Outcome.ALLOWED);
        assertThat(decision.kind()).isEqualTo(by);
        assertThat(decision.reason()).isEmpty();
    }

    private static void lacks(Principal principal, PolicySet policies, PolicyKind missing) {
        Decision decision = decide(putRecord(principal), policies);
        assertThat(decision.outcome()).isEqualTo(Decision.Outcome.IMPLICIT_DENY);
        assertThat(decision.kind()).isEqualTo(missing);
        assertThat(decision.policy()).isNull();
        assertThat(decision.statement()).isEqualTo(-1);
    }

    private static String named(Principal principal) {
        return "{'AWS':'" + principal.arn() + "'}";
    }

    @Nested
    class WithinAnAccount {

        @Test
        void nothingIsAllowedWithoutAPolicy() {
            lacks(USER, PolicySet.NONE, PolicyKind.IDENTITY);
            lacks(SESSION, PolicySet.NONE, PolicyKind.IDENTITY);
        }

        @Test
        void anIdentityPolicyIsEnough() {
            allows(USER, IDENTITY, PolicyKind.IDENTITY);
            allows(SESSION, IDENTITY, PolicyKind.IDENTITY);
        }

        @Test
        void aBoundaryMustAllowWhatAnIdentityPolicyDoes() {
            allows(USER, IDENTITY.withBoundary(BOUNDARY_ALLOWS), PolicyKind.IDENTITY);
            lacks(USER, IDENTITY.withBoundary(BOUNDARY_LACKS), PolicyKind.BOUNDARY);
            lacks(USER, IDENTITY.withBoundary(List.of()), PolicyKind.BOUNDARY);
            lacks(USER, PolicySet.NONE.withBoundary(BOUNDARY_ALLOWS), PolicyKind.IDENTITY);
        }

        @Test
        void aSessionPolicyMustAllowWhatAnIdentityPolicyDoes() {
            allows(SESSION, IDENTITY.withSession(SESSION_ALLOWS), PolicyKind.IDENTITY);
            lacks(SESSION, IDENTITY.withSession(SESSION_LACKS), PolicyKind.SESSION);
            lacks(SESSION, IDENTITY.withSession(List.of()), PolicyKind.SESSION);
            lacks(SESSION, PolicySet.NONE.withSession(SESSION_ALLOWS), PolicyKind.IDENTITY);
        }

        @Test
        void anEndpointMustAllowToo() {
            allows(USER, IDENTITY.withEndpoint(allowAll(PolicyKind.ENDPOINT)), PolicyKind.IDENTITY);
            lacks(USER, IDENTITY.withEndpoint(allowNothing(PolicyKind.ENDPOINT)), PolicyKind.ENDPOINT);
            lacks(ROOT, PolicySet.NONE.withEndpoint(allowNothing(PolicyKind.ENDPOINT)), PolicyKind.ENDPOINT);
        }

        @Test
        void anEndpointMayLetSomePrincipalsThroughOnly() {
            NamedPolicy endpoint = policy(
                    PolicyKind.ENDPOINT,
                    "{'Effect':'Allow','Principal':" + ACCOUNT_PRINCIPAL + ",'Action':'*','Resource':'*'}");

            allows(USER, IDENTITY.withEndpoint(endpoint), PolicyKind.IDENTITY);
            lacks(
                    Principal.user("arn:aws:iam::" + OTHER_ACCOUNT + ":user/x"),
                    IDENTITY.withEndpoint(endpoint),
                    PolicyKind.ENDPOINT);
        }

        @Test
        void aResourceThatNamesTheUserIsEnoughWhateverElseLacks() {
            PolicySet policies = PolicySet.NONE.withBoundary(BOUNDARY_LACKS).withResource(allowTo(named(USER)));

            allows(USER, policies, PolicyKind.RESOURCE);
        }

        @Test
        void aResourceThatNamesTheSessionIsEnoughWhateverElseLacks() {
            PolicySet policies = PolicySet.NONE
                    .withBoundary(BOUNDARY_LACKS)
                    .withSession(SESSION_LACKS)
                    .withResource(allowTo(named(SESSION)));

            allows(SESSION, policies, PolicyKind.RESOURCE);
        }

        @Test
        void aResourceThatIsForEveryoneIsEnoughWhateverElseLacks() {
            PolicySet policies = PolicySet.NONE.withBoundary(BOUNDARY_LACKS).withSession(SESSION_LACKS);

            allows(SESSION, policies.withResource(allowTo("'*'")), PolicyKind.RESOURCE);
            allows(SESSION, policies.withResource(allowTo("{'AWS':'*'}")), PolicyKind.RESOURCE);
        }

        @Test
        void aResourceThatNamesTheRoleIsLimitedByBoundaryAndSession() {
            PolicySet policies = PolicySet.NONE.withResource(allowTo(ROLE_PRINCIPAL));

            allows(SESSION, policies, PolicyKind.RESOURCE);
            allows(SESSION, policies.withBoundary(BOUNDARY_ALLOWS).withSession(SESSION_ALLOWS), PolicyKind.RESOURCE);
            lacks(SESSION, policies.withBoundary(BOUNDARY_LACKS), PolicyKind.BOUNDARY);
            lacks(SESSION, policies.withSession(SESSION_LACKS), PolicyKind.SESSION);
        }

        @Test
        void aResourceThatNamesTheAccountLeavesItToTheIdentityPolicies() {
            PolicySet policies = PolicySet.NONE.withResource(allowTo(ACCOUNT_PRINCIPAL));

            lacks(USER, policies, PolicyKind.IDENTITY);
            allows(USER, IDENTITY.withResource(allowTo(ACCOUNT_PRINCIPAL)), PolicyKind.IDENTITY);
            lacks(
                    USER,
                    IDENTITY.withResource(allowTo(ACCOUNT_PRINCIPAL)).withBoundary(BOUNDARY_LACKS),
                    PolicyKind.BOUNDARY);
        }

        @Test
        void theStatementThatSaysMostCountsWhereverItStands() {
            String toAccount =
                    "{'Sid':'a','Effect':'Allow','Principal':" + ACCOUNT_PRINCIPAL + ",'Action':'*','Resource':'*'}";
            String toRole =
                    "{'Sid':'r','Effect':'Allow','Principal':" + ROLE_PRINCIPAL + ",'Action':'*','Resource':'*'}";

            assertThat(decide(putRecord(SESSION), PolicySet.NONE.withResource(resource(toAccount + "," + toRole)))
                            .sid())
                    .isEqualTo("r");
            assertThat(decide(putRecord(SESSION), PolicySet.NONE.withResource(resource(toRole + "," + toAccount)))
                            .sid())
                    .isEqualTo("r");
        }

        @Test
        void aResourceThatNamesAnotherIsOfNoUse() {
            lacks(
                    USER,
                    PolicySet.NONE.withResource(allowTo("{'AWS':'arn:aws:iam::" + ACCOUNT + ":user/Carlos'}")),
                    PolicyKind.IDENTITY);
            lacks(
                    SESSION,
                    PolicySet.NONE.withResource(allowTo("{'AWS':'arn:aws:iam::" + ACCOUNT + ":role/writer'}")),
                    PolicyKind.IDENTITY);
            lacks(USER, PolicySet.NONE.withResource(allowTo("{'AWS':'" + OTHER_ACCOUNT + "'}")), PolicyKind.IDENTITY);
        }

        @Test
        void aFederatedUserHasWhatItsSessionPolicyAndItsUserHave() {
            allows(FEDERATED_USER, IDENTITY.withSession(SESSION_ALLOWS), PolicyKind.IDENTITY);
            lacks(FEDERATED_USER, IDENTITY.withSession(SESSION_LACKS), PolicyKind.SESSION);
            lacks(FEDERATED_USER, IDENTITY, PolicyKind.SESSION);
            lacks(FEDERATED_USER, PolicySet.NONE.withSession(SESSION_ALLOWS), PolicyKind.IDENTITY);
        }

        @Test
        void aFederatedUserOfTheRootHasWhatItsSessionPolicySays() {
            Principal federated = Principal.federatedUser(
                    "arn:aws:sts::" + ACCOUNT + ":federated-user/web", "arn:aws:iam::" + ACCOUNT + ":root");

            allows(federated, PolicySet.NONE.withSession(SESSION_ALLOWS), null);
            lacks(federated, PolicySet.NONE, PolicyKind.SESSION);
        }

        @Test
        void aResourceThatNamesTheFederatedUserIsEnoughAndOneThatNamesItsUserIsLimited() {
            allows(FEDERATED_USER, PolicySet.NONE.withResource(allowTo(named(FEDERATED_USER))), PolicyKind.RESOURCE);
            PolicySet namesUser = PolicySet.NONE.withResource(allowTo(named(USER)));
            allows(FEDERATED_USER, namesUser.withSession(SESSION_ALLOWS), PolicyKind.RESOURCE);
            lacks(FEDERATED_USER, namesUser.withSession(SESSION_LACKS), PolicyKind.SESSION);
            lacks(
                    FEDERATED_USER,
                    namesUser.withSession(SESSION_ALLOWS).withBoundary(BOUNDARY_LACKS),
                    PolicyKind.BOUNDARY);
        }

        @Test
        void theTokenOfAUserThatIsNarrowedIsLimitedWhateverTheResourceSays() {
            PolicySet policies = PolicySet.NONE.withResource(allowTo(named(USER)));

            allows(USER, policies.withSession(SESSION_ALLOWS), PolicyKind.RESOURCE);
            lacks(USER, policies.withSession(SESSION_LACKS), PolicyKind.SESSION);
            lacks(USER, PolicySet.NONE.withResource(allowTo("'*'")).withSession(SESSION_LACKS), PolicyKind.SESSION);
            lacks(ROOT, PolicySet.NONE.withSession(SESSION_LACKS), PolicyKind.SESSION);
        }

        @Test
        void theAccountItselfNeedsNoPolicy() {
            allows(ROOT, PolicySet.NONE, null);
            allows(ROOT, PolicySet.NONE.withResource(allowTo(named(USER))), null);
        }

        @Test
        void theAccountItselfIsBoundByDenials() {
            NamedPolicy denies = resource("{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*'}");

            assertThat(decide(putRecord(ROOT), PolicySet.NONE.withResource(denies))
                            .outcome())
                    .isEqualTo(Decision.Outcome.EXPLICIT_DENY);
        }

        @ParameterizedTest
        @EnumSource(PolicyKind.class)
        void aDenialAnywhereIsFinal(PolicyKind kind) {
            String principal = kind.namesPrincipals() ? "'Principal':'*'," : "";
            NamedPolicy denies = new NamedPolicy(
                    "denier",
                    policy(
                                    kind,
                                    kind == PolicyKind.TRUST
                                            ? "{'Effect':'Allow','Principal':'*','Action':'sts:*'},"
                                                    + "{'Sid':'No','Effect':'Deny','Principal':'*','Action':'sts:AssumeRole'}"
                                            : "{'Effect':'Allow'," + principal + "'Action':'*','Resource':'*'},"
                                                    + "{'Sid':'No','Effect':'Deny'," + principal
                                                    + "'Action':'*','Resource':'*'}")
                            .document());
            PolicySet all = new PolicySet(
                    kind == PolicyKind.IDENTITY ? List.of(allowAll(PolicyKind.IDENTITY), denies) : IDENTITY_ALLOWS,
                    kind == PolicyKind.BOUNDARY ? List.of(denies) : BOUNDARY_ALLOWS,
                    kind == PolicyKind.SESSION ? List.of(denies) : SESSION_ALLOWS,
                    kind == PolicyKind.RESOURCE || kind == PolicyKind.TRUST ? denies : allowTo(named(SESSION)),
                    kind == PolicyKind.ENDPOINT ? denies : allowAll(PolicyKind.ENDPOINT),
                    false);

            Decision decision = decide(Requests.request(SESSION, "sts:AssumeRole", Requests.STREAM), all);

            assertThat(decision)
                    .isEqualTo(new Decision(Decision.Outcome.EXPLICIT_DENY, "sts:AssumeRole", kind, "denier", "No", 1));
        }

        @Test
        void anAllowSaysWhichStatementItCameFrom() {
            NamedPolicy second = new NamedPolicy(
                    "arn:aws:iam::aws:policy/Second",
                    policy(
                                    PolicyKind.IDENTITY,
                                    "{'Effect':'Allow','Action':'a:b','Resource':'*'},"
                                            + "{'Sid':'Puts','Effect':'Allow','Action':'kinesis:Put*','Resource':'*'}")
                            .document());

            assertThat(decide(
                            putRecord(USER), PolicySet.ofIdentity(List.of(allowNothing(PolicyKind.IDENTITY), second))))
                    .isEqualTo(new Decision(
                            Decision.Outcome.ALLOWED,
                            "kinesis:PutRecord",
                            PolicyKind.IDENTITY,
                            "arn:aws:iam::aws:policy/Second",
                            "Puts",
                            1));
        }
    }

    @Nested
    class AcrossAccounts {

        private final Principal user = Principal.user("arn:aws:iam::" + OTHER_ACCOUNT + ":user/x");
        private final Principal session = Principal.assumedRole(
                "arn:aws:sts::" + OTHER_ACCOUNT + ":assumed-role/r/one", "arn:aws:iam::" + OTHER_ACCOUNT + ":role/r");
        private final NamedPolicy toAccount = allowTo("{'AWS':'" + OTHER_ACCOUNT + "'}");

        @Test
        void bothSidesMustAllow() {
            lacks(user, PolicySet.NONE, PolicyKind.IDENTITY);
            lacks(user, IDENTITY, PolicyKind.RESOURCE);
            lacks(user, IDENTITY.withResource(allowTo(ACCOUNT_PRINCIPAL)), PolicyKind.RESOURCE);
            lacks(user, PolicySet.NONE.withResource(allowTo(named(user))), PolicyKind.IDENTITY);
            lacks(user, PolicySet.NONE.withResource(allowTo("'*'")), PolicyKind.IDENTITY);
            allows(user, IDENTITY.withResource(toAccount), PolicyKind.RESOURCE);
            allows(user, IDENTITY.withResource(allowTo(named(user))), PolicyKind.RESOURCE);
            allows(user, IDENTITY.withResource(allowTo("'*'")), PolicyKind.RESOURCE);
        }

        @Test
        void boundaryAndSessionLimitWhomeverTheResourceNames() {
            PolicySet policies = IDENTITY.withResource(allowTo(named(session)));

            allows(session, policies, PolicyKind.RESOURCE);
            lacks(session, policies.withBoundary(BOUNDARY_LACKS), PolicyKind.BOUNDARY);
            lacks(session, policies.withSession(SESSION_LACKS), PolicyKind.SESSION);
            allows(
                    session,
                    IDENTITY.withResource(allowTo("{'AWS':'arn:aws:iam::" + OTHER_ACCOUNT + ":role/r'}")),
                    PolicyKind.RESOURCE);
        }

        @Test
        void theRootOfTheOtherAccountNeedsTheResourceOnly() {
            Principal root = Principal.root(OTHER_ACCOUNT);

            lacks(root, PolicySet.NONE, PolicyKind.RESOURCE);
            allows(root, PolicySet.NONE.withResource(toAccount), PolicyKind.RESOURCE);
        }
    }

    @Nested
    class OfResourcesThatMustGrantThemselves {

        /** KMS's own default key policy has one statement, which lets identity policies count. */
        private final NamedPolicy defaultKeyPolicy =
                resource("{'Sid':'Enable IAM User Permissions','Effect':'Allow','Principal':{'AWS':'arn:aws:iam::"
                        + ACCOUNT + ":root'},'Action':'*','Resource':'*'}");

        @Test
        void identityPoliciesCountWhereTheKeyPolicyNamesTheAccount() {
            allows(USER, IDENTITY.withRequiredResource(defaultKeyPolicy), PolicyKind.IDENTITY);
            lacks(USER, PolicySet.NONE.withRequiredResource(defaultKeyPolicy), PolicyKind.IDENTITY);
            lacks(
                    USER,
                    IDENTITY.withRequiredResource(defaultKeyPolicy).withBoundary(BOUNDARY_LACKS),
                    PolicyKind.BOUNDARY);
        }

        @Test
        void identityPoliciesDoNotCountWhereTheKeyPolicyDoesNot() {
            NamedPolicy forAnother = allowTo("{'AWS':'arn:aws:iam::" + ACCOUNT + ":user/other'}");

            lacks(USER, IDENTITY.withRequiredResource(forAnother), PolicyKind.RESOURCE);
            lacks(USER, IDENTITY.withRequiredResource(null), PolicyKind.RESOURCE);
            lacks(ROOT, PolicySet.NONE.withRequiredResource(forAnother), PolicyKind.RESOURCE);
            lacks(ROOT, PolicySet.NONE.withRequiredResource(null), PolicyKind.RESOURCE);
        }

        @Test
        void theRootNeedsToBeNamedToo() {
            allows(ROOT, PolicySet.NONE.withRequiredResource(defaultKeyPolicy), PolicyKind.RESOURCE);
        }

        @Test
        void whomTheKeyPolicyNamesNeedsNothingElse() {
            allows(USER, PolicySet.NONE.withRequiredResource(allowTo(named(USER))), PolicyKind.RESOURCE);
            allows(SESSION, PolicySet.NONE.withRequiredResource(allowTo(ROLE_PRINCIPAL)), PolicyKind.RESOURCE);
            lacks(
                    SESSION,
                    PolicySet.NONE.withRequiredResource(allowTo(ROLE_PRINCIPAL)).withSession(SESSION_LACKS),
                    PolicyKind.SESSION);
        }
    }

    @Nested
    class OfRoles {

        private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/target";

        private Decision assume(Principal principal, PolicySet policies, String trusted) {
            NamedPolicy trust = policy(
                    PolicyKind.TRUST, "{'Effect':'Allow','Principal':" + trusted + ",'Action':'sts:AssumeRole*'}");
            String action =
                    principal.type() == PrincipalType.FEDERATED ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole";
            return decide(Requests.request(principal, action, ROLE), policies.withResource(trust));
        }

        @Test
        void whomTheRoleDoesNotTrustHasNoUseOfIdentityPolicies() {
            Decision decision = assume(USER, IDENTITY, "{'AWS':'arn:aws:iam::" + ACCOUNT + ":user/other'}");

            assertThat(decision.outcome()).isEqualTo(Decision.Outcome.IMPLICIT_DENY);
            assertThat(decision.reason()).isEqualTo("because no role trust policy allows the sts:AssumeRole action");
            assertThat(assume(ROOT, PolicySet.NONE, named(USER)).isAllowed()).isFalse();
        }

        @Test
        void whomTheRoleNamesNeedsNoIdentityPolicyInItsAccount() {
            assertThat(assume(USER, PolicySet.NONE, named(USER)).kind()).isEqualTo(PolicyKind.TRUST);
            assertThat(assume(USER, PolicySet.NONE, named(USER)).isAllowed()).isTrue();
        }

        @Test
        void whoseAccountTheRoleNamesNeedsAnIdentityPolicy() {
            assertThat(assume(USER, PolicySet.NONE, ACCOUNT_PRINCIPAL).isAllowed())
                    .isFalse();
            assertThat(assume(USER, IDENTITY, ACCOUNT_PRINCIPAL).isAllowed()).isTrue();
        }

        @Test
        void fromAnotherAccountBothSidesMustAllow() {
            Principal other = Principal.user("arn:aws:iam::" + OTHER_ACCOUNT + ":user/x");

            assertThat(assume(other, PolicySet.NONE, named(other)).isAllowed()).isFalse();
            assertThat(assume(other, IDENTITY, named(other)).isAllowed()).isTrue();
            assertThat(assume(other, IDENTITY, ACCOUNT_PRINCIPAL).reason())
                    .isEqualTo("because no role trust policy allows the sts:AssumeRole action");
        }

        @Test
        void servicesAndIdentityProvidersAreTrustedByName() {
            Principal service = Principal.service("firehose.amazonaws.com");
            Principal provider = Principal.federated("arn:aws:iam::" + ACCOUNT + ":oidc-provider/example.com");

            assertThat(assume(service, PolicySet.NONE, "{'Service':'firehose.amazonaws.com'}")
                            .isAllowed())
                    .isTrue();
            assertThat(assume(service, PolicySet.NONE, "{'Service':'ecs.amazonaws.com'}")
                            .isAllowed())
                    .isFalse();
            assertThat(assume(service, PolicySet.NONE, ACCOUNT_PRINCIPAL).isAllowed())
                    .isFalse();
            assertThat(assume(provider, PolicySet.NONE, "{'Federated':'" + provider.arn() + "'}")
                            .isAllowed())
                    .isTrue();
            assertThat(assume(provider, PolicySet.NONE, "{'Federated':'example.com'}")
                            .isAllowed())
                    .isFalse();
        }

        @Test
        void theRolesDenialHasWordsOfItsOwn() {
            NamedPolicy trust = policy(PolicyKind.TRUST, "{'Effect':'Deny','Principal':'*','Action':'sts:AssumeRole'}");

            assertThat(decide(Requests.request(USER, "sts:AssumeRole", ROLE), IDENTITY.withResource(trust))
                            .reason())
                    .isEqualTo("with an explicit deny in the role trust policy");
        }
    }

    @Nested
    class OfCallersWithoutAnAccount {

        @Test
        void theResourceAloneDecides() {
            Principal service = Principal.service("firehose.amazonaws.com");

            allows(
                    service,
                    PolicySet.NONE.withResource(allowTo("{'Service':'firehose.amazonaws.com'}")),
                    PolicyKind.RESOURCE);
            lacks(service, IDENTITY, PolicyKind.RESOURCE);
            lacks(service, IDENTITY.withResource(allowTo("{'Service':'ecs.amazonaws.com'}")), PolicyKind.RESOURCE);
        }

        @Test
        void anonymousCallersMayDoWhatEveryoneMay() {
            allows(Principal.anonymous(), PolicySet.NONE.withResource(allowTo("'*'")), PolicyKind.RESOURCE);
            lacks(Principal.anonymous(), IDENTITY.withResource(allowTo(ACCOUNT_PRINCIPAL)), PolicyKind.RESOURCE);
        }

        @Test
        void aSessionOfAnIdentityProviderIsNamedByItToo() {
            Principal session =
                    Principal.assumedRole(SESSION.arn(), "arn:aws:iam::" + ACCOUNT + ":role/r", "example.com");
            PolicySet policies = PolicySet.NONE.withResource(allowTo("{'Federated':'example.com'}"));

            allows(session, policies, PolicyKind.RESOURCE);
            lacks(session, policies.withSession(SESSION_LACKS), PolicyKind.SESSION);
        }
    }

    @Nested
    class OfWhoIsLeftOut {

        private boolean denied(Principal principal, String leftOut) {
            NamedPolicy policy =
                    resource("{'Effect':'Deny','NotPrincipal':" + leftOut + ",'Action':'*','Resource':'*'}");
            return decide(putRecord(principal), IDENTITY.withResource(policy)).outcome()
                    == Decision.Outcome.EXPLICIT_DENY;
        }

        private boolean allowed(Principal principal, String leftOut) {
            NamedPolicy policy =
                    resource("{'Effect':'Allow','NotPrincipal':" + leftOut + ",'Action':'*','Resource':'*'}");
            return decide(putRecord(principal), PolicySet.NONE.withResource(policy))
                    .isAllowed();
        }

        @Test
        void everyoneElseIsDenied() {
            String bobAndAccount = "{'AWS':['" + USER.arn() + "','arn:aws:iam::" + ACCOUNT + ":root']}";

            assertThat(denied(USER, bobAndAccount)).isFalse();
            assertThat(denied(ROOT, bobAndAccount)).isFalse();
            assertThat(denied(Principal.user("arn:aws:iam::" + ACCOUNT + ":user/alice"), bobAndAccount))
                    .isTrue();
            assertThat(denied(Principal.anonymous(), bobAndAccount)).isTrue();
            assertThat(denied(Principal.service("ecs.amazonaws.com"), "{'Service':'ecs.amazonaws.com'}"))
                    .isFalse();
            assertThat(denied(USER, "'*'")).isFalse();
        }

        @Test
        void aSessionIsSparedByItsOwnNameOnly() {
            assertThat(denied(SESSION, "{'AWS':['" + SESSION.arn() + "','" + ACCOUNT + "']}"))
                    .isFalse();
            assertThat(denied(SESSION, ROLE_PRINCIPAL)).isTrue();
        }

        @Test
        void everyoneElseIsAllowed() {
            assertThat(allowed(USER, "{'AWS':'" + OTHER_ACCOUNT + "'}")).isTrue();
            assertThat(allowed(USER, named(USER))).isFalse();
            assertThat(allowed(USER, ACCOUNT_PRINCIPAL)).isFalse();
            assertThat(allowed(SESSION, ROLE_PRINCIPAL)).isFalse();
            assertThat(allowed(USER, "'*'")).isFalse();
        }
    }

    @Test
    void aPolicyOfAnotherKindIsAMistake() {
        NamedPolicy resource = allowTo("'*'");
        List<NamedPolicy> resources = List.of(resource);

        assertThatThrownBy(() -> PolicySet.ofIdentity(resources)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PolicySet.NONE.withSession(resources)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PolicySet.NONE.withBoundary(resources)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PolicySet.NONE.withEndpoint(resource)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PolicySet.NONE.withResource(IDENTITY_ALLOWS.getFirst()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
