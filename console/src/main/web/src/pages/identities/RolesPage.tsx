export { RolesPage as default } from './EntitiesPage';
