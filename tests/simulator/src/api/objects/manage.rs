//! Seeds, shows and removes stored objects.

use super::check::check;
use super::{CollectionObjects, Objects};
use crate::api::Api;
use crate::api::complete::insert;
use crate::api::named_objects::remove_children;
use crate::input::InputError;
use crate::store::{CollectionKey, MAX_BYTES, StoredObject, json_size};
use serde_json::Value;

impl Api {
    /// Stores objects, and returns them with their ids. If one of them is invalid, nothing changes.
    pub(crate) fn seed(&self, objects: &Objects) -> Result<Objects, InputError> {
        let mut store = self.store();
        let seeds = check(objects, &self.model, &store)?;
        if !store.reserve(json_size(objects)) {
            let problem = format!("collections: the stored objects would exceed {MAX_BYTES} bytes of JSON; seed fewer");
            return Err(InputError::new(vec![problem]));
        }
        let mut stored = Objects::default();
        for seed in seeds {
            let object = insert(&self.model, seed.resource, seed.key.clone(), seed.object, None, &mut store);
            stored.push(&seed.key, object);
        }
        Ok(stored)
    }

    /// The stored objects, limited to an account and a resource if they are given.
    pub(crate) fn objects(&self, account: Option<&str>, resource: Option<&str>) -> Objects {
        let store = self.store();
        let mut stored = Objects::default();
        for key in store.keys().filter(|key| is_selected(key, account, resource)) {
            store.objects(key).for_each(|object| stored.push(key, object.clone()));
        }
        stored
    }

    /// Removes stored objects, limited to an account and a resource if they are given, and the objects inside them.
    pub(crate) fn remove_objects(&self, account: Option<&str>, resource: Option<&str>) {
        let mut store = self.store();
        let keys: Vec<_> = store.keys().filter(|key| is_selected(key, account, resource)).cloned().collect();
        for key in keys {
            let objects: Vec<_> = store.objects(&key).cloned().collect();
            objects.iter().for_each(|object| remove_children(&self.model, &key, object, &mut store));
            store.remove_collection(&key);
        }
    }
}

fn is_selected(key: &CollectionKey, account: Option<&str>, resource: Option<&str>) -> bool {
    account.is_none_or(|account| key.account == account) && resource.is_none_or(|resource| key.resource == resource)
}

impl Objects {
    /// Adds an object to its collection, which is the latest one if it is there.
    fn push(&mut self, key: &CollectionKey, object: StoredObject) {
        let is_latest = |latest: &&mut CollectionObjects| {
            (&latest.account, &latest.resource, &latest.parents) == (&key.account, &key.resource, &key.parents)
        };
        if let Some(latest) = self.collections.last_mut().filter(is_latest) {
            latest.objects.push(Value::Object(object));
            return;
        }
        let CollectionKey { account, resource, parents } = key.clone();
        let objects = vec![Value::Object(object)];
        self.collections.push(CollectionObjects { account, resource, parents, objects });
    }
}
