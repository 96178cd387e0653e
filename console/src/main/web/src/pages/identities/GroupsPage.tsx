export { GroupsPage as default } from './EntitiesPage';
